/** Every topic of the bench, in the order of the table. */
import type { OpenTopic } from './figure';
import { openHosts } from './hosts';
import { openMessages } from './messages';
import { openProcesses } from './processes';
import { openRestarts } from './restarts';

export const TOPICS: Readonly<Record<string, OpenTopic>> = {
  messages: openMessages,
  hosts: openHosts,
  processes: openProcesses,
  restarts: openRestarts,
};
