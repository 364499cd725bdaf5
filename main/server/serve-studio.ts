/** The Studio over HTTP and one WebSocket a page, on 127.0.0.1 alone (security 4.2). */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { pageHeaders } from '../../shared/api/content-policy';
import { failed, ok, type Result } from '../../shared/errors/result';
import type { Studio } from '../core/studio/studio';
import { addressesOf, findRefusal, type Addresses } from './gate';
import { oneAtATime } from './one-at-a-time';
import { Passes } from './passes';
import { isPlainAddress, makeRoutes } from './routes';
import { Sockets } from './sockets';

const LIMITS = { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000, maxHeaderSize: 8192, connectionsCheckingInterval: 1000 } as const;
const MOST_CONNECTIONS = 100;

export type ServeOptions = {
  readonly studio: Studio;
  /** Folder of the built page. */
  readonly page: string;
  /** 0: whichever is free. */
  readonly port: number;
};
export interface Serving {
  readonly port: number;
  /** An address that opens the Studio once, within 60 s. */
  readonly makeLink: () => string;
  readonly close: () => Promise<void>;
}

export async function serveStudio({ studio, page, port }: ServeOptions): Promise<Result<Serving>> {
  const passes = new Passes({ nowMs: () => performance.now(), random: (bytes) => randomBytes(bytes).toString('base64url') });
  let addresses: Addresses = addressesOf(port);
  const sockets = new Sockets({ passes, studio, addresses: () => addresses });
  const listener = getRequestListener(makeRoutes({ passes, studio, page }).fetch, { overrideGlobalObjects: false });
  const answer = oneAtATime((request, response) => {
    const refusal = findRefusal(request, addresses) ?? (isPlainAddress(request.url) ? undefined : 'bad address');
    if (refusal !== undefined) return refuse(request, response, refusal);
    void listener(request, response);
  });
  const server = createServer(LIMITS, answer);
  server.maxConnections = MOST_CONNECTIONS;
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    sockets.upgrade(request, socket, head);
  });
  // `CONNECT` and broken requests: nothing is said.
  server.on('connect', (_, socket) => socket.destroy());
  const listening = await listen(server, port);
  if (!listening.ok) return listening;
  addresses = addressesOf(listening.value);
  return ok({
    port: listening.value,
    makeLink: () => `http://127.0.0.1:${listening.value}/#code=${passes.makeCode()}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await sockets.close();
      server.closeAllConnections();
      await closed;
    },
  });
}

function refuse(request: IncomingMessage, response: ServerResponse, why: string): void {
  response.writeHead(why === 'bad address' ? 400 : 403, { ...pageHeaders(''), 'content-type': 'text/plain', connection: 'close' });
  response.end(why);
  // What it still wanted to send is not read.
  request.resume();
}

function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(failed({ code: 'SRV001', message: `port ${port} of 127.0.0.1 can't be listened on (${error.code ?? error.message})`, fix: 'Leave --port away to get one that is free.' })),
    );
    server.listen(port, '127.0.0.1', () => resolve(ok((server.address() as AddressInfo).port)));
  });
}
