/** What the command needs of the bench besides the measuring: the names of the topics, and the table. */
import { formatTable } from './table';
import { TOPICS } from './topics';

export { formatTable };
export const topics: readonly string[] = Object.keys(TOPICS);
