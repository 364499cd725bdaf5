/** What `npm run conformance` builds. */
export { parseCase } from '../../supervision/oracle/case';
export { runVirtually } from '../../supervision/oracle/virtual-world';
export { runReally } from './real-world';
