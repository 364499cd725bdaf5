import { FileArchive, FilePlus2, FolderOpen, History, Home, Share2 } from 'lucide-react';
import { api } from '../api/studio';
import { closeDialog, openDialog } from '../stores/dialogs';
import { closeProject, openProject, projectNow, useDocument } from '../stores/document';
import { notify } from '../stores/notices';
import { findApprovals } from '../stores/approvals';
import { findRun } from '../stores/run';
import { simulate, closeSimulation } from '../stores/simulation';
import { shellInfo } from '../stores/shell';
import { showView } from '../stores/viewport';
import type { Handle } from '../../shared/api/shell';
import type { Command } from './command';

/** Opens a project, and what runs of it. */
export async function open(handle: Handle): Promise<boolean> {
  await closeSimulation();
  const isOpen = await openProject(handle);
  if (isOpen) {
    closeDialog();
    await findRun();
    await findApprovals();
  }
  return isOpen;
}

async function leave(): Promise<void> {
  await closeSimulation();
  await closeProject();
  await findRun();
  await findApprovals();
}

export async function openFolder(): Promise<void> {
  if (shellInfo()?.kind !== 'window') return openDialog({ kind: 'browse', why: 'open' });
  const picked = await api.request('shell.pick', { what: 'openProject' });
  if (picked.ok && picked.value) await open(picked.value.handle);
  else if (!picked.ok) notify({ kind: 'error', text: picked.error.message, detail: picked.error.fix });
}

/** A copy of an example, or a small project, in the person's folder for designs. */
export async function create(from: 'small' | { readonly example: string }, name?: string): Promise<boolean> {
  const made = await api.request('project.create', { from, ...(name === undefined ? {} : { name }) });
  if (made.ok) return open(made.value.handle);
  notify({ kind: 'error', text: made.error.message, detail: made.error.fix });
  return false;
}

/** `support-desk` in its outage, paused one second before the host is killed. */
export async function breakAnExample(): Promise<void> {
  if (!(await create({ example: 'support-desk' }))) return;
  showView('flow');
  await simulate({ scenario: 'outage', stopBefore: 'killHost' });
}

/** A `*.prismatic` file: by a dialog of the window, or as bytes from the browser. */
export async function openShared(): Promise<void> {
  const file = shellInfo()?.kind === 'window' ? await pickShared() : await uploadShared();
  if (file === undefined) return;
  const opened = await api.request('project.openShared', { file });
  if (opened.ok) await open(opened.value.handle);
  else notify({ kind: 'error', text: opened.error.message, detail: opened.error.fix });
}

async function pickShared(): Promise<Handle | undefined> {
  const picked = await api.request('shell.pick', { what: 'openShared' });
  if (!picked.ok) notify({ kind: 'error', text: picked.error.message, detail: picked.error.fix });
  return picked.ok ? picked.value?.handle : undefined;
}

/** Contract section 1. */
const MOST_SHARED_BYTES = 50 * 1024 * 1024;

async function uploadShared(): Promise<{ readonly name: string; readonly base64: string } | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.prismatic,.zip';
  const file = await new Promise<File | undefined>((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
  if (!file) return undefined;
  if (file.size > MOST_SHARED_BYTES) {
    notify({ kind: 'error', text: `${file.name} has ${file.size} bytes; a shared project has at most ${MOST_SHARED_BYTES}.` });
    return undefined;
  }
  return { name: file.name, base64: encodeBase64(new Uint8Array(await file.arrayBuffer())) };
}

const PIECE = 0x8000;
function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

export async function share(): Promise<void> {
  const project = projectNow();
  const name = useDocument.getState().open?.name ?? 'design';
  if (project === undefined) return;
  const isWindow = shellInfo()?.kind === 'window';
  const picked = isWindow ? await api.request('shell.pick', { what: 'saveShared', suggestedName: `${name}.prismatic` }) : undefined;
  if (picked && (!picked.ok || !picked.value)) return;
  const shared = await api.request('project.share', { project, ...(picked?.ok && picked.value ? { to: picked.value.handle } : {}) });
  if (!shared.ok) return notify({ kind: 'error', text: shared.error.message, detail: shared.error.fix });
  if ('base64' in shared.value) download(shared.value.name, shared.value.base64);
  notify({ kind: 'done', text: 'base64' in shared.value ? `${shared.value.name} is in your downloads` : `Shared as ${shared.value.shownPath}` });
}

function download(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function listFileCommands(): readonly Command[] {
  const isOpen = useDocument.getState().open !== undefined;
  const needsProject = isOpen ? {} : { refusal: 'no design is open' };
  return [
    { id: 'project.new', label: 'New design', icon: FilePlus2, keys: 'Mod+N', run: () => openDialog({ kind: 'newProject' }) },
    { id: 'project.open', label: 'Open folder', icon: FolderOpen, keys: 'Mod+O', run: () => void openFolder() },
    { id: 'project.openShared', label: 'Open .prismatic file', icon: FileArchive, keys: 'Mod+Shift+O', run: () => void openShared() },
    { id: 'project.share', label: 'Share as .prismatic file', icon: Share2, run: () => void share(), ...needsProject },
    { id: 'project.history', label: 'Show the history of edits', icon: History, run: () => openDialog({ kind: 'history' }), ...needsProject },
    { id: 'project.close', label: 'Close the design', icon: Home, run: () => void leave(), ...needsProject },
  ];
}
