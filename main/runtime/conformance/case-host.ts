/**
 * Entry of a host's thread that runs a case of the OTP oracle: `host.ts` but for what its processes do. Each says where it runs, so that
 * whoever reads its journal knows that hosts were threads of another process.
 */
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { assert } from '../../../shared/assert';
import type { Self } from '../../kernel/behaviour';
import { caseBehaviours } from '../../supervision/oracle/case-behaviours';
import { HostLoop } from '../host-loop';
import type { FromHost, HostBirth, ToHost } from '../host-protocol';
import { prepareGuests } from '../prepare-guests';
import { HeldSupervisor } from './held-supervisor';

assert(parentPort, 'a case host runs as a worker thread');
const port = parentPort;
const birth = workerData as HostBirth;
const post = (message: FromHost): void => port.postMessage(message);

const onBegin = (self: Self): void => self.log('debug', JSON.stringify({ process: process.pid, thread: threadId }));
const behaviours = caseBehaviours(birth.program, { onBegin, wrap: (supervisor) => new HeldSupervisor(supervisor, onBegin) });
const loop = new HostLoop(birth, { behaviours, guests: await prepareGuests(birth), post });
port.on('message', (message: ToHost) => loop.receive(message));
post({ type: 'ready' });
