/** The bridge that the window's preload puts into the page. It is there as long as the page is. */
import type { StudioEvent } from '../../shared/api/contract';
import type { Reply, Transport } from './transport';

export type Bridge = {
  readonly request: (name: string, input: unknown) => Promise<Reply>;
  readonly onEvent: (heard: (event: StudioEvent) => void) => () => void;
};

export function bridgeTransport(bridge: Bridge): Transport {
  return {
    request: (name, input) => bridge.request(name, input),
    onEvent: (heard) => void bridge.onEvent(heard),
    onStatus: (heard) => heard({ kind: 'connected' }),
  };
}
