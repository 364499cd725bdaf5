/**
 * Says when the connection of a served page is lost, comes back, or needs a new link. It stands beside whatever the page shows and needs
 * nothing of it, so that it can also say why there is nothing. A screen reader hears each change; while all is well nothing is seen.
 */
import type { ConnectionStatus } from './transport';

export function connectionWords(status: ConnectionStatus): string {
  switch (status.kind) {
    case 'connecting':
      return 'Connecting';
    case 'connected':
      return 'Connected';
    case 'waiting':
      return `The connection is lost. It is tried again in ${Math.max(1, Math.round(status.retryInMs / 1000))} s; what was kept stays kept.`;
    case 'refused':
      return `${status.why} Open the link that prismatic serve prints; Enter in its terminal prints a new one.`;
  }
}

export const needsEyes = ({ kind }: ConnectionStatus): boolean => kind === 'waiting' || kind === 'refused';

const SEEN = 'position:fixed;inset:auto 0 0 0;z-index:1000;margin:0;padding:6px 12px;background:var(--ink,#16191d);color:var(--on-ink,#fff);font:12.5px/1.5 inherit';
const HEARD = 'position:fixed;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';

export function showConnection(client: { readonly onStatus: (heard: (status: ConnectionStatus) => void) => unknown }): void {
  const line = document.createElement('p');
  line.setAttribute('role', 'status');
  line.setAttribute('aria-label', 'Connection');
  document.body.append(line);
  client.onStatus((status) => {
    line.textContent = connectionWords(status);
    line.style.cssText = needsEyes(status) ? SEEN : HEARD;
  });
}
