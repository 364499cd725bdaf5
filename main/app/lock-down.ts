/** What no page of ours may do, whatever runs in it (security 4.1): leave, open windows, ask for permissions, reach the network. */
import { app, session, type Session, type WebContents } from 'electron';
import { PAGE_ADDRESS } from './bundle-protocol';

const OWN_SCHEMES = app.isPackaged ? ['app:'] : ['app:', 'devtools:'];

export function lockDown(): void {
  app.on('web-contents-created', (_, contents) => lockContents(contents));
  app.on('session-created', lockSession);
}

/** Electron has made this one before anybody could listen. */
export const lockDefaultSession = (): void => lockSession(session.defaultSession);

function lockContents(contents: WebContents): void {
  // The page may load itself again, as after a bug, and go nowhere else.
  const stay = (event: { readonly url: string; readonly preventDefault: () => void }): void => {
    if (event.url !== PAGE_ADDRESS) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function lockSession(ours: Session): void {
  ours.setPermissionRequestHandler((_, __, answer) => answer(false));
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
  ours.on('will-download', (event) => event.preventDefault());
  ours.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !OWN_SCHEMES.some((scheme) => url.startsWith(scheme)) && !url.startsWith('blob:app:') && !url.startsWith('data:image/') }));
  ours.setSpellCheckerEnabled(false);
}
