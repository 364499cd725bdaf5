/** What a page in a window can reach: requests as text and events. Never the channel itself, never an event object of Electron's. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

contextBridge.exposeInMainWorld('prismatic', {
  request: (name: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke('prismatic:request', String(name), JSON.stringify(input ?? {})),
  onEvent: (heard: (event: unknown) => void): (() => void) => {
    const listener = (_: IpcRendererEvent, event: unknown): void => heard(event);
    ipcRenderer.on('prismatic:event', listener);
    return () => void ipcRenderer.off('prismatic:event', listener);
  },
});
