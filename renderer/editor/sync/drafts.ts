/** Typing that could not become an edit yet, kept while its editor is closed. By project and path. */
import { selectOpen, useDocument } from '../../stores/document';

/** `base`: what the file had when the typing began. */
export type HeldDraft = { readonly text: string; readonly base: string | undefined };

const drafts = new Map<string, HeldDraft>();
const keyOf = (path: string): string => `${selectOpen(useDocument.getState())?.project ?? ''} ${path}`;

export const readDraft = (path: string): HeldDraft | undefined => drafts.get(keyOf(path));
export const forgetDraft = (path: string): void => void drafts.delete(keyOf(path));
export const keepDraft = (path: string, draft: HeldDraft): void => void drafts.set(keyOf(path), draft);
