/** The sockets of the pages: each is one client of the studio core (`ToStudio` in, `FromStudio` out), within bounds. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { FromStudio } from '../../shared/api/contract';
import { SOCKET_PATH, SOCKET_PROTOCOL, TOKEN_PREFIX } from '../../shared/api/served';
import type { Client } from '../core/studio/context';
import type { Studio } from '../core/studio/studio';
import { findRefusal, type Addresses } from './gate';
import type { Passes } from './passes';

const MOST_SOCKETS = 8;
const MOST_MESSAGE_BYTES = 1024 * 1024;
const MOST_MESSAGES_A_SECOND = 500;
const MOST_UNANSWERED = 200;
/** What a page has not fetched yet. Past it the page is too slow: it comes back, and asks for what it missed. */
const MOST_UNSENT_BYTES = 64 * 1024 * 1024;
const PING_EVERY_MS = 15_000;

export type SocketParts = { readonly passes: Passes; readonly studio: Studio; readonly addresses: () => Addresses };

export class Sockets {
  readonly #parts: SocketParts;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false, handleProtocols: () => SOCKET_PROTOCOL });

  constructor(parts: SocketParts) {
    this.#parts = parts;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.#findRefusal(request);
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#serve(opened));
  }

  #findRefusal(request: IncomingMessage): string | undefined {
    const { passes, addresses } = this.#parts;
    // A browser always sends Origin here; it is needed, and it proves nothing: the token does.
    if (findRefusal(request, addresses()) !== undefined || request.headers.origin === undefined) return '403 Forbidden';
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
    const token = protocols.find((one) => one.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length);
    if (request.url !== SOCKET_PATH || !protocols.includes(SOCKET_PROTOCOL) || !passes.isToken(token)) return '401 Unauthorized';
    if (this.#server.clients.size >= MOST_SOCKETS) return '503 Service Unavailable';
    return undefined;
  }

  #serve(socket: WebSocket): void {
    const send = (message: FromStudio): void => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MOST_UNSENT_BYTES) return socket.close(1013, 'too slow');
      const text = writeMessage(message);
      // An event that can't be told is not left out in silence: the page comes back, and asks anew.
      if (text === undefined) return socket.close(1011, 'too large');
      socket.send(text);
    };
    const client: Client = { id: randomUUID(), emit: (event) => send({ event }) };
    let isAlive = true;
    let inThisSecond = 0;
    let unanswered = 0;
    const second = setInterval(() => (inThisSecond = 0), 1000);
    const ping = setInterval(() => {
      if (!isAlive) return socket.terminate();
      isAlive = false;
      socket.ping();
    }, PING_EVERY_MS);
    /** Frames of every kind count: a ping is answered too. */
    const isTooMuch = (): boolean => {
      if (++inThisSecond > MOST_MESSAGES_A_SECOND) socket.close(1008, 'too many messages');
      return socket.readyState !== socket.OPEN;
    };
    socket.on('pong', () => {
      isAlive = true;
      isTooMuch();
    });
    socket.on('ping', isTooMuch);
    // An error is followed by `close`.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(second);
      clearInterval(ping);
      this.#parts.studio.leave(client);
    });
    socket.on('message', (data, isBinary) => {
      isAlive = true;
      if (isTooMuch()) return;
      if (isBinary) return socket.close(1008, 'text only');
      const asked = readRequest(data);
      if (!asked) return socket.close(1007, 'no request');
      if (++unanswered > MOST_UNANSWERED) {
        unanswered -= 1;
        return send({ id: asked.id, fault: 'too many requests at a time' });
      }
      void this.#parts.studio.request(asked.name, asked.input, client).then((reply) => {
        unanswered -= 1;
        send({ id: asked.id, ...reply });
      });
    });
  }

  /** Pages are told, and what does not close within a second is cut. */
  async close(): Promise<void> {
    const all = [...this.#server.clients];
    const closed = Promise.all(all.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    for (const socket of all) socket.close(1001, 'the server stops');
    const cut = setTimeout(() => all.forEach((socket) => socket.terminate()), 1000);
    await closed;
    clearTimeout(cut);
  }
}

/** Nothing for an event that makes no string; an answer that makes none is a fault. A string has at most 512 MB. */
function writeMessage(message: FromStudio): string | undefined {
  try {
    return JSON.stringify(message);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return 'id' in message ? JSON.stringify({ id: message.id, fault: 'the answer is too large to be told' }) : undefined;
  }
}

function readRequest(data: RawData): { readonly id: number; readonly name: unknown; readonly input: unknown } | undefined {
  try {
    const value = JSON.parse((data as Buffer).toString('utf8')) as { readonly id?: unknown; readonly name?: unknown; readonly input?: unknown } | null;
    return value !== null && Number.isSafeInteger(value.id) ? { id: value.id as number, name: value.name, input: value.input } : undefined;
  } catch {
    return undefined;
  }
}
