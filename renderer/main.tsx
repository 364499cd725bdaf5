/** Entry of the page: look, settings, connection, then the window. */
import './trusted-types';
import './zod-without-code';
import '@fontsource-variable/ibm-plex-sans/standard.css';
import '@fontsource-variable/jetbrains-mono';
import '@xyflow/react/dist/base.css';
import './look/tokens.css';
import './look/look.css';
import './look/controls.css';
import './look/run.css';
import './look/panels.css';
import './look/canvas.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { api } from './api/studio';
import { StudioFault } from './api/transport';
import { runCommandById } from './commands/all-commands';
import { open } from './commands/file-commands';
import { listenToKeys } from './commands/listen-to-keys';
import { pageNonce } from './page-nonce';
import { ErrorPage } from './shell/error-page';
import { findApprovals, listenToApprovals } from './stores/approvals';
import { listenToDocument, resumeDocument } from './stores/document';
import { nameWindow } from './stores/drafts';
import { notify } from './stores/notices';
import { findRun, listenToRun } from './stores/run';
import { applySettings } from './stores/settings';
import { loadShell } from './stores/shell';
import { listenToTests } from './stores/tests';
import { Studio } from './studio';

// Dialogs make a style element that keeps the page behind them from scrolling.
setNonce(pageNonce());
applySettings();
listenToDocument();
listenToRun();
listenToApprovals();
listenToTests();
listenToKeys();
api.onCommand(runCommandById);
api.subscribe('shell.notice', ({ level, text }) => notify({ kind: level === 'info' ? 'done' : level === 'warning' ? 'refused' : 'error', text }));
api.onReconnect(() => {
  resumeDocument();
  void findRun();
  void findApprovals();
});

// Whoever asked did not expect this answer; a person who waits for it is told.
window.addEventListener('unhandledrejection', ({ reason }) => {
  if (reason instanceof StudioFault) notify({ kind: 'error', text: reason.message });
});

// What a field takes when it is left, it takes when the window goes.
window.addEventListener('pagehide', () => document.activeElement instanceof HTMLElement && document.activeElement.blur());

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorPage>
      <Studio />
    </ErrorPage>
  </StrictMode>,
);

const [info] = await Promise.all([loadShell(), nameWindow()]);
if (info.openAtStart !== undefined) await open(info.openAtStart);
