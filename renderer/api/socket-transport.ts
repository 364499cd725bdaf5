/**
 * Requests over the one WebSocket of a served page. A lost connection comes back by itself, with growing pauses; requests made
 * meanwhile wait for it, those that were under way end with `ConnectionLost`. After a return the server knows this page as a new
 * client: whoever has a project open opens it again when the status is `connected`.
 */
import type { FromStudio, StudioEvent } from '../../shared/api/contract';
import { SOCKET_PATH, SOCKET_PROTOCOL, TOKEN_PREFIX } from '../../shared/api/served';
import type { Login } from './login';
import { ConnectionLost, type ConnectionStatus, type Reply, type Transport } from './transport';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** Requests that wait for a connection. Past it, a request fails at once. */
const MOST_WAITING = 1000;
/** A socket message that is larger is refused by the server; what may be larger is posted. */
export const MOST_MESSAGE_BYTES = 1024 * 1024;
/** The server's close code for a token that it does not know is never seen by a page: a refused upgrade is only an `error`. */
const REFUSED_AFTER = 3;

export type SocketWorld = {
  readonly logIn: () => Promise<Login>;
  readonly forgetToken: () => void;
  readonly connect: (url: string, protocols: string[]) => WebSocket;
  readonly origin: string;
  readonly post: (name: string, input: unknown, token: string) => Promise<Reply>;
  readonly setTimer: (ms: number, fire: () => void) => void;
  /** Between 0 and 1: many pages don't come back at one moment. */
  readonly random: () => number;
  /** Whether the server is there but does not know the token. */
  readonly isRefused: (token: string) => Promise<boolean>;
};

/** Doubles up to 10 s, with up to a fifth of chance. */
export const pauseMs = (attempt: number, random: number): number => Math.round(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10)) * (0.8 + 0.2 * random));

type Waiter = { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void };

export class SocketTransport implements Transport {
  readonly #world: SocketWorld;
  readonly #answers = new Map<number, Waiter>();
  readonly #waiting: { readonly text: string; readonly id: number }[] = [];
  readonly #heardEvents = new Set<(event: StudioEvent) => void>();
  readonly #heardStatus = new Set<(status: ConnectionStatus) => void>();
  #status: ConnectionStatus = { kind: 'connecting' };
  #socket: WebSocket | undefined;
  #token = '';
  #nextId = 1;
  /** Settles when an edit that was too large for the socket has been answered. */
  #postedEdit: Promise<void> | undefined;
  #attempt = 0;

  constructor(world: SocketWorld) {
    this.#world = world;
    void this.#open();
  }

  request(name: string, input: unknown): Promise<Reply> {
    // What follows an edit is meant for what the edit leaves.
    if (this.#postedEdit) return this.#postedEdit.then(() => this.request(name, input));
    const id = this.#nextId++;
    const text = JSON.stringify({ id, name, input });
    if (text.length > MOST_MESSAGE_BYTES / 3 && new TextEncoder().encode(text).length > MOST_MESSAGE_BYTES) return this.#post(name, input);
    return new Promise((resolve, reject) => {
      if (this.#status.kind === 'refused') return reject(new ConnectionLost(this.#status.why));
      if (this.#waiting.length >= MOST_WAITING) return reject(new ConnectionLost('there is no connection, and too many requests wait for one'));
      this.#answers.set(id, { resolve, reject });
      if (this.#status.kind === 'connected') this.#socket!.send(text);
      else this.#waiting.push({ id, text });
    });
  }

  #post(name: string, input: unknown): Promise<Reply> {
    const reply = this.#world.post(name, input, this.#token);
    if (name !== 'project.edit') return reply;
    const ended = reply.then(() => undefined, () => undefined).finally(() => {
      this.#postedEdit = undefined;
    });
    this.#postedEdit = ended;
    return reply;
  }

  onEvent(heard: (event: StudioEvent) => void): void {
    this.#heardEvents.add(heard);
  }

  onStatus(heard: (status: ConnectionStatus) => void): void {
    this.#heardStatus.add(heard);
    heard(this.#status);
  }

  #say(status: ConnectionStatus): void {
    this.#status = status;
    for (const heard of this.#heardStatus) heard(status);
  }

  async #open(): Promise<void> {
    this.#say({ kind: 'connecting' });
    const login = await this.#world.logIn();
    if (login.kind === 'unreachable') return this.#pause();
    if (login.kind === 'refused') return this.#refuse(login.why);
    this.#token = login.token;
    const socket = this.#world.connect(`${this.#world.origin.replace(/^http/, 'ws')}${SOCKET_PATH}`, [SOCKET_PROTOCOL, `${TOKEN_PREFIX}${login.token}`]);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as FromStudio);
    socket.onclose = () => void this.#lost();
  }

  #opened(): void {
    this.#attempt = 0;
    // Those that hear it are told first, so that a project is open again before what waited arrives.
    this.#say({ kind: 'connected' });
    for (const { text } of this.#waiting.splice(0)) this.#socket!.send(text);
  }

  #receive(message: FromStudio): void {
    if ('event' in message) {
      for (const heard of this.#heardEvents) heard(message.event);
      return;
    }
    const waiter = this.#answers.get(message.id);
    this.#answers.delete(message.id);
    waiter?.resolve('fault' in message ? { fault: message.fault } : { answer: message.answer });
  }

  async #lost(): Promise<void> {
    const waiting = new Set(this.#waiting.map(({ id }) => id));
    for (const [id, { reject }] of this.#answers) {
      if (waiting.has(id)) continue;
      this.#answers.delete(id);
      reject(new ConnectionLost('the connection ended before the answer came'));
    }
    if (this.#status.kind !== 'connected' && this.#attempt >= REFUSED_AFTER && (await this.#world.isRefused(this.#token))) {
      this.#world.forgetToken();
      return this.#refuse('The server was started anew; the link that it printed opens a new page.');
    }
    this.#pause();
  }

  #pause(): void {
    const retryInMs = pauseMs(this.#attempt++, this.#world.random());
    this.#say({ kind: 'waiting', retryInMs, attempt: this.#attempt });
    this.#world.setTimer(retryInMs, () => void this.#open());
  }

  #refuse(why: string): void {
    this.#say({ kind: 'refused', why });
    this.#waiting.length = 0;
    for (const { reject } of this.#answers.values()) reject(new ConnectionLost(why));
    this.#answers.clear();
  }
}
