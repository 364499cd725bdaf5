/** Which dialog is open; at most one. */
import { create } from 'zustand';
import type { Json } from '../../shared/json/json';

export type SentMessage = { readonly protocol: string; readonly operation: string; readonly input: Json };

export type Dialog =
  | { readonly kind: 'commands' }
  | { readonly kind: 'allow'; readonly andThen: 'run' | 'apply' }
  /** `message`: what to begin with. */
  | { readonly kind: 'send'; readonly node?: string; readonly message?: SentMessage }
  | { readonly kind: 'mock'; readonly node: string }
  | { readonly kind: 'export' }
  | { readonly kind: 'simulate' }
  | { readonly kind: 'history' }
  | { readonly kind: 'browse'; readonly why: 'open' | 'new' | 'exportTo' }
  | { readonly kind: 'newProject'; readonly example?: string }
  | { readonly kind: 'name'; readonly title: string; readonly label: string; readonly value: string; readonly submit: (name: string) => string | undefined }
  | { readonly kind: 'providers' }
  | { readonly kind: 'tools' }
  | { readonly kind: 'import' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'licences' }
  | { readonly kind: 'about' }
  | { readonly kind: 'shortcuts' };

export const useDialogs = create<{ readonly dialog: Dialog | undefined }>(() => ({ dialog: undefined }));
export const openDialog = (dialog: Dialog): void => useDialogs.setState({ dialog });
export const closeDialog = (): void => useDialogs.setState({ dialog: undefined });
export const selectDialog = (state: { readonly dialog: Dialog | undefined }): Dialog | undefined => state.dialog;
