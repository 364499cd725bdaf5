/** All that watches the server from outside while it opens what strangers made. Each tells what it has seen since it was asked last. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export type Seen = { readonly kind: string; readonly what: string };

/** Children and sockets of a process, looked at by a thread without a pause. */
export class Sampler {
  readonly #thread: Worker;
  #seen: Seen[] = [];

  private constructor(thread: Worker) {
    this.#thread = thread;
    thread.on('message', (seen: Seen) => this.#seen.push(seen));
  }

  static async start(pid: number, port: number): Promise<Sampler> {
    const thread = new Worker(new URL('./sampler.mjs', import.meta.url), { workerData: { pid, port } });
    await new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
    return new Sampler(thread);
  }

  look(): readonly Seen[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}

/** The address that hostile projects point to. Nobody asks it, unless something went wrong. */
export class Listener {
  readonly #server: Server;
  #asked: Seen[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#asked.push({ kind: 'connection', what: `from port ${socket.remotePort}` });
      socket.on('error', () => undefined).end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n');
    });
  }

  static async start(): Promise<Listener> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Listener(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  look(): readonly Seen[] {
    const asked = this.#asked;
    this.#asked = [];
    return asked;
  }

  stop(): void {
    this.#server.close();
  }
}

const MOST_HASHED_BYTES = 2 * 1024 * 1024;

/** All files of a folder, links not followed: kind, size, times, and contents where they are not too large. */
export function fingerprint(folder: string, leaveOut: readonly string[] = []): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string): void => {
    if (leaveOut.includes(path)) return;
    let stat;
    try {
      stat = lstatSync(path, { bigint: true });
    } catch {
      return void found.set(path, 'unseen'); // A name too long, or no text: its folder's time would tell of a change.
    }
    const contents = stat.isSymbolicLink() ? readlinkSync(path) : stat.isFile() && stat.size < MOST_HASHED_BYTES ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
    found.set(path, `${stat.mode} ${stat.size} ${stat.mtimeNs} ${stat.ino} ${contents}`);
    if (stat.isDirectory()) for (const name of readdirSync(path).toSorted()) walk(join(path, name));
  };
  walk(folder);
  return found;
}

/** In words, what differs. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Seen[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.filter((path) => before.get(path) !== after.get(path)).map((path) => ({ kind: 'write', what: `${path} was ${before.has(path) ? (after.has(path) ? 'changed' : 'removed') : 'made'}` }));
}
