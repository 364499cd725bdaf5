/** Entry of a host's worker thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../shared/assert';
import { behavioursWith } from '../behaviours/make-behaviour';
import type { FromHost, HostBirth, ToHost } from './host-protocol';
import { HostLoop } from './host-loop';
import { prepareGuests } from './prepare-guests';

assert(parentPort, 'host.js runs as a worker thread');
const port = parentPort;
const birth = workerData as HostBirth;
const post = (message: FromHost): void => port.postMessage(message);

const guests = await prepareGuests(birth);
const loop = new HostLoop(birth, { behaviours: behavioursWith(guests), guests, post });
port.on('message', (message: ToHost) => loop.receive(message));
post({ type: 'ready' });
