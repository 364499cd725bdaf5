import { EventEmitter } from 'node:events';
import type { FromHost, ThreadBirth, ToHost } from '../host-protocol';

/**
 * In place of Node's `Worker`: a thread that says and ends what the test wants, when it wants. What happens between terminate() and the
 * exit is the point in most of these tests.
 */
export class StandInWorker extends EventEmitter {
  static all: StandInWorker[] = [];
  /** Threads answer pings, get warm and get ready by themselves. */
  static isLively = false;
  static get last(): StandInWorker {
    return StandInWorker.all.at(-1)!;
  }
  readonly stdout = { resume: () => undefined };
  readonly stderr = { resume: () => undefined };
  readonly workerData: ThreadBirth;
  posted: ToHost[] = [];
  terminated = 0;

  constructor(_: string, options: { readonly workerData: ThreadBirth }) {
    super();
    this.workerData = options.workerData;
    StandInWorker.all.push(this);
  }

  say(message: FromHost): void {
    this.emit('message', message);
  }

  postMessage(message: ToHost): void {
    this.posted.push(message);
    if (!StandInWorker.isLively) return;
    if (message.type === 'ping') this.say({ type: 'pong' });
    if (message.type === 'birth') queueMicrotask(() => this.say({ type: 'ready' }));
  }

  terminate(): Promise<number> {
    this.terminated += 1;
    return Promise.resolve(1);
  }

  /** What it was told, but for pings. */
  get told(): readonly ToHost[] {
    return this.posted.filter(({ type }) => type !== 'ping');
  }

  get birth(): Extract<ToHost, { type: 'birth' }>['birth'] | undefined {
    return this.posted.find((message): message is Extract<ToHost, { type: 'birth' }> => message.type === 'birth')?.birth;
  }
}
