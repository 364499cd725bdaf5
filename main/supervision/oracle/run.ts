/** What `npm run conformance` builds. */
export { parseCase } from './case';
export { runVirtually } from './virtual-world';
