/** Every topic of the bench, in the order of the table. */
import type { OpenTopic } from './figure';
import { openCompiler } from './compiler';
import { openGuards } from './guards';
import { openHostLoss } from './host-loss';
import { openHosts } from './hosts';
import { openJournal } from './journal';
import { openMessages } from './messages';
import { openProcesses } from './processes';
import { openRestarts } from './restarts';

export const TOPICS: Readonly<Record<string, OpenTopic>> = {
  messages: openMessages,
  guards: openGuards,
  hosts: openHosts,
  processes: openProcesses,
  restarts: openRestarts,
  'host-loss': openHostLoss,
  journal: openJournal,
  compiler: openCompiler,
};
