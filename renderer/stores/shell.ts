/** The shell around the page: a window or a browser, and its words. Asked once, at the start. */
import { create } from 'zustand';
import type { ShellInfo } from '../../shared/api/shell';
import { api } from '../api/studio';

export const useShell = create<{ readonly info: ShellInfo | undefined }>(() => ({ info: undefined }));

export async function loadShell(): Promise<ShellInfo> {
  const info = await api.request('shell.info', {});
  useShell.setState({ info });
  return info;
}

export const shellInfo = (): ShellInfo | undefined => useShell.getState().info;
export const selectModifier = (state: { readonly info: ShellInfo | undefined }): string => state.info?.modifier ?? 'Ctrl';
