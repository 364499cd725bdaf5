/** Every topic of the bench, in the order of the table. */
import type { OpenTopic } from './figure';
import { openMessages } from './messages';

export const TOPICS: Readonly<Record<string, OpenTopic>> = {
  messages: openMessages,
};
