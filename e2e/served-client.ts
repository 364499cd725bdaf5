/** A page of the served Studio without a browser: changes the link's code for the token, and asks over its socket. */
import { WebSocket } from 'ws';
import type { FromStudio, RequestAnswer, RequestInput, RequestName, StudioEvent } from '../shared/api/contract';
import { SOCKET_PATH, SOCKET_PROTOCOL, TOKEN_PREFIX } from '../shared/api/served';
import type { Result } from '../shared/errors/result';

type Waiter = { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void };

export class ServedClient {
  readonly events: StudioEvent[] = [];
  readonly ended: Promise<void>;
  readonly #socket: WebSocket;
  readonly #origin: string;
  readonly #token: string;
  readonly #waiting = new Map<number, Waiter>();
  #nextId = 1;

  private constructor(socket: WebSocket, origin: string, token: string) {
    this.#socket = socket;
    this.#origin = origin;
    this.#token = token;
    socket.on('message', (data) => this.#hear(JSON.parse((data as Buffer).toString()) as FromStudio));
    // A server that was killed resets the connection.
    socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      socket.on('close', () => {
        for (const { reject } of this.#waiting.values()) reject(new Error('the connection ended'));
        this.#waiting.clear();
        resolve();
      });
    });
  }

  static async open(link: string): Promise<ServedClient> {
    const { origin, host, hash } = new URL(link);
    const answer = await fetch(`${origin}/login`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ code: hash.slice('#code='.length) }) });
    const { token } = (await answer.json()) as { readonly token: string };
    const socket = new WebSocket(`ws://${host}${SOCKET_PATH}`, [SOCKET_PROTOCOL, `${TOKEN_PREFIX}${token}`], { origin });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new ServedClient(socket, origin, token);
  }

  #hear(message: FromStudio): void {
    if ('event' in message) return void this.events.push(message.event);
    const waiter = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('fault' in message) waiter?.reject(new Error(message.fault));
    else waiter?.resolve(message.answer);
  }

  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestAnswer<N>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return reject(new Error('the connection ended'));
      this.#waiting.set(id, { resolve: (answer) => resolve(answer as RequestAnswer<N>), reject });
      this.#socket.send(JSON.stringify({ id, name, input }));
    });
  }

  /** A request that is too large for the socket, as the page makes it. */
  async post<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestAnswer<N>> {
    const answer = await fetch(`${this.#origin}/api/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: this.#origin, authorization: `Bearer ${this.#token}` }, body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    const reply = (await answer.json()) as { readonly answer?: RequestAnswer<N>; readonly fault?: string };
    if (reply.fault !== undefined) throw new Error(reply.fault);
    return reply.answer as RequestAnswer<N>;
  }

  close(): Promise<void> {
    this.#socket.close();
    return this.ended;
  }
}

/** What has to have worked. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
