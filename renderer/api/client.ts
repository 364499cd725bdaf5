/** The Studio as the page sees it: typed requests, events by name, and the state of the connection. */
import type { EventName, Events, RequestAnswer, RequestInput, RequestName, StudioEvent } from '../../shared/api/contract';
import { bridgeTransport, type Bridge } from './bridge-transport';
import { showConnection } from './connection-line';
import { forgetToken, logIn, type Place } from './login';
import { SocketTransport } from './socket-transport';
import { StudioFault, type ConnectionStatus, type Reply, type Transport } from './transport';

export interface StudioClient {
  /** What may fail in honest use is in the answer. Rejects with `StudioFault` or `ConnectionLost`. */
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestAnswer<N>>;
  /** Answers how to stop. */
  subscribe<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void;
  /** Told at once, and at each change. Answers how to stop. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
}

export function makeClient(transport: Transport): StudioClient {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const statusListeners = new Set<(status: ConnectionStatus) => void>();
  let status: ConnectionStatus = { kind: 'connecting' };
  transport.onEvent((event: StudioEvent) => {
    for (const listener of listeners.get(event.name) ?? []) (listener as (payload: unknown) => void)(event.payload);
  });
  transport.onStatus((now) => {
    status = now;
    for (const listener of statusListeners) listener(now);
  });
  return {
    request: async (name, input) => {
      const reply = await transport.request(name, input);
      if ('fault' in reply) throw new StudioFault(reply.fault);
      return reply.answer as never;
    },
    subscribe: (name, listener) => {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener));
      return () => void heard.delete(listener);
    },
    onStatus: (listener) => {
      statusListeners.add(listener);
      listener(status);
      return () => void statusListeners.delete(listener);
    },
  };
}

const post = async (name: string, input: unknown, token: string): Promise<Reply> => {
  const answer = await fetch(`/api/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(input) });
  if (answer.ok) return (await answer.json()) as Reply;
  return { fault: answer.status === 413 || answer.status === 404 ? 'this is too large to send' : `the server refused it (${answer.status})` };
};

/** Which of the two is here is known at once: a window has its bridge before the page begins. */
export function connect(): StudioClient {
  const { prismatic } = globalThis as { readonly prismatic?: Bridge };
  if (prismatic) return makeClient(bridgeTransport(prismatic));
  const place: Place = { location, history, storage: sessionStorage, fetch: (...args) => fetch(...args) };
  const client = makeClient(
    new SocketTransport({
      logIn: () => logIn(place),
      forgetToken: () => forgetToken(place),
      connect: (url, protocols) => new WebSocket(url, protocols),
      origin: location.origin,
      post,
      setTimer: (ms, fire) => void setTimeout(fire, ms),
      random: Math.random,
      isRefused: async (token) => (await fetch('/api/shell.info', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: '{}' }).catch(() => undefined))?.status === 401,
    }),
  );
  showConnection(client);
  return client;
}
