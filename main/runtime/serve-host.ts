/**
 * A host's thread, whatever its processes do. What takes time and is the same for every host is done before its birth: a thread that has
 * said `warm` may have been kept for hours, and has not started anything of anybody.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../shared/assert';
import type { GuestPool } from '../behaviours/guest';
import type { BehaviourFactory } from '../kernel/behaviour';
import type { Program } from '../../shared/program/program';
import { HostLoop } from './host-loop';
import type { FromHost, HostBirth, ThreadBirth, ToHost } from './host-protocol';
import { warmGuests } from './warm-guests';

/** Called once by the thread's entry. A failure ends the thread with its error. */
export async function serveHost(behavioursOf: (guests: GuestPool, program: Program) => BehaviourFactory): Promise<void> {
  assert(parentPort, 'a host runs as a worker thread');
  const port = parentPort;
  const post = (message: FromHost): void => port.postMessage(message);
  const thread = workerData as ThreadBirth;
  let { program } = thread;
  const early: ToHost[] = [];
  let isBorn = false;
  let bear: (birth: HostBirth) => void;
  const born = new Promise<HostBirth>((resolve) => (bear = resolve));
  let receive = (message: ToHost): void => {
    if (message.type === 'birth') {
      isBorn = true;
      bear(message.birth);
    } else if (!isBorn && message.type === 'input' && message.input.type === 'program') {
      // Nobody asks a thread that is no host yet whether it has taken an edit.
      program = message.input.program;
    } else early.push(message);
  };
  port.on('message', (message: ToHost) => receive(message));
  const openGuests = await warmGuests(thread);
  post({ type: 'warm' });
  const birth = await born;
  const guests = await openGuests(program.hosts.find(({ id }) => id === birth.host)?.instances ?? []);
  const loop = new HostLoop(birth, { program, behaviours: behavioursOf(guests, program), guests, post });
  receive = (message) => loop.receive(message);
  post({ type: 'ready' });
  for (const message of early.splice(0)) loop.receive(message);
}
