/** The one channel that pages ask on. The sender is checked here, the request itself by the studio core. */
import { ipcMain, type WebFrameMain } from 'electron';
import { MOST_REQUEST_BYTES } from '../../shared/api/parse-request';
import type { Reply, Studio } from '../core/studio/studio';
import { isOwnPage } from './bundle-protocol';
import type { Windows } from './windows';

export function answerPages(studio: Studio, windows: Windows): void {
  ipcMain.handle('prismatic:request', async (event, name: unknown, text: unknown): Promise<Reply> => {
    const window = windows.find(event.sender);
    if (!window || !isTopPage(event.senderFrame, window.contents.mainFrame)) throw new Error('refused');
    if (typeof text !== 'string' || text.length > MOST_REQUEST_BYTES || Buffer.byteLength(text) > MOST_REQUEST_BYTES) return { fault: `a request may have ${MOST_REQUEST_BYTES} bytes` };
    return studio.request(name, JSON.parse(text), window.client);
  });
}

const isTopPage = (frame: WebFrameMain | null, main: WebFrameMain): boolean => frame !== null && frame === main && isOwnPage(frame.url);
