/** `app://bundle/`: where the window's page comes from. Nothing else is content (security 4.1). */
import { randomBytes } from 'node:crypto';
import { protocol } from 'electron';
import { pageHeaders } from '../../shared/api/content-policy';
import { readPageFile } from '../core/studio/page-files';

const SCHEME = 'app';
const HOST = 'bundle';
export const PAGE_ADDRESS = `${SCHEME}://${HOST}/`;

/** An origin of a scheme of ours is `null` to Node, so the parts are compared. */
export function isOwnPage(address: string): boolean {
  try {
    const { protocol: scheme, host } = new URL(address);
    return scheme === `${SCHEME}:` && host === HOST;
  } catch {
    return false;
  }
}

/** Before Electron is ready. */
export const declareScheme = (): void => protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

export function handleScheme(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const nonce = randomBytes(16).toString('base64');
    const headers = pageHeaders(nonce);
    if (request.method !== 'GET' || !isOwnPage(request.url)) return new Response('refused', { status: 403, headers });
    const file = await readPageFile(folder, /^[a-z]+:\/\/[^/]*([^?#]*)/.exec(request.url)?.[1] || '/', nonce);
    if (file.status !== 200) return new Response('no such file', { status: file.status, headers });
    return new Response(new Uint8Array(file.body), { status: 200, headers: { ...headers, 'content-type': file.type } });
  });
}
