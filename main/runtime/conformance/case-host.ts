/**
 * Entry of a host's thread that runs a case of the OTP oracle: `host.ts` but for what its processes do. Each says where it runs, so that
 * whoever reads its journal knows that hosts were threads of another process.
 */
import { threadId } from 'node:worker_threads';
import type { Self } from '../../kernel/behaviour';
import { caseBehaviours } from '../../supervision/oracle/case-behaviours';
import { serveHost } from '../serve-host';
import { HeldSupervisor } from './held-supervisor';

const onBegin = (self: Self): void => self.log('debug', JSON.stringify({ process: process.pid, thread: threadId }));

await serveHost((_, program) => caseBehaviours(program, { onBegin, wrap: (supervisor) => new HeldSupervisor(supervisor, onBegin) }));
