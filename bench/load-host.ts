/** Entry of a host's thread of the bench: `host.ts` but for the process that makes the load. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../shared/assert';
import { behavioursWith } from '../main/behaviours/make-behaviour';
import { HostLoop } from '../main/runtime/host-loop';
import type { FromHost, HostBirth, ToHost } from '../main/runtime/host-protocol';
import { prepareGuests } from '../main/runtime/prepare-guests';
import { DRIVER, LoadDriver } from './load-driver';

assert(parentPort, 'a host of the bench runs as a worker thread');
const port = parentPort;
const birth = workerData as HostBirth;
const post = (message: FromHost): void => port.postMessage(message);

const guests = await prepareGuests(birth);
const real = behavioursWith(guests);
const loop = new HostLoop(birth, { behaviours: (options) => (options.name === DRIVER ? new LoadDriver() : real(options)), guests, post });
port.on('message', (message: ToHost) => loop.receive(message));
post({ type: 'ready' });
