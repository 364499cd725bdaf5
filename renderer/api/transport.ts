/** What a page needs from whatever carries its requests: the window's bridge, or a socket to the server. */
import type { StudioEvent } from '../../shared/api/contract';

export type ConnectionStatus =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** Lost; the next attempt comes by itself. */
  | { readonly kind: 'waiting'; readonly retryInMs: number; readonly attempt: number }
  /** The server wants a new link; only a person can get one. */
  | { readonly kind: 'refused'; readonly why: string };

export type Reply = { readonly answer: unknown } | { readonly fault: string };

export interface Transport {
  /** Rejects with `ConnectionLost` where it can't be known whether the request was carried out. */
  request(name: string, input: unknown): Promise<Reply>;
  onEvent(heard: (event: StudioEvent) => void): void;
  onStatus(heard: (status: ConnectionStatus) => void): void;
}

/** The connection ended between a request and its answer. What was asked may have been done. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
}
/** The request itself was refused, or met a bug of ours. */
export class StudioFault extends Error {
  override name = 'StudioFault';
}
