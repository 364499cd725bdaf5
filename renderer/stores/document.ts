/**
 * The open project. An edit is applied here at once and sent to the core, which acknowledges it and tells all windows in one order;
 * `confirmed` is what the core has told, `document` is that with this window's edits that are still on their way.
 */
import { create } from 'zustand';
import { designOf, EMPTY_DOCUMENT, type ProjectDocument } from '../../shared/design/document';
import { viewDesign, type DesignView } from '../../shared/design/design-view';
import { applyEdit } from '../../shared/design/edits/apply-edit';
import type { Edit } from '../../shared/design/edits/edit';
import type { CheckReport, History, MergeConflict, ProjectEvents, ProjectKey, ProjectSnapshot } from '../../shared/api/project';
import type { Handle } from '../../shared/api/shell';
import { api } from '../api/studio';
import { StudioFault } from '../api/transport';
import { takeUpDrafts } from './drafts';
import { notify } from './notices';
import { select } from './selection';

type PendingEdit = { readonly number: number; readonly edit: Edit };
type OpenDocument = {
  readonly project: ProjectKey;
  readonly handle: Handle;
  readonly name: string;
  readonly shownPath: string;
  readonly confirmed: ProjectDocument;
  readonly document: ProjectDocument;
  readonly design: DesignView;
  readonly revision: number;
  readonly history: History;
  readonly pending: readonly PendingEdit[];
  readonly conflicts: readonly MergeConflict[];
  readonly report?: CheckReport;
  /** Why the files cannot be written just now; the edits are safe. */
  readonly unsaved: string | null;
  readonly hasRunHere: boolean;
  readonly otherFiles: ProjectSnapshot['otherFiles'];
};
export type DocumentState = { readonly open?: OpenDocument; readonly opening: boolean };

export const useDocument = create<DocumentState>(() => ({ opening: false }));

/** This window, told apart from others that have the same project open. */
const origin = crypto.randomUUID();
let nextNumber = 1;
const EMPTY_VIEW: DesignView = viewDesign({});

const openNow = (): OpenDocument | undefined => useDocument.getState().open;
const patch = (change: Partial<OpenDocument>): void => {
  const open = openNow();
  if (open) useDocument.setState({ open: { ...open, ...change } });
};
const withDocument = (open: OpenDocument, document: ProjectDocument): Partial<OpenDocument> =>
  document === open.document ? {} : { document, design: designOf(document) === designOf(open.document) ? open.design : viewDesign(designOf(document), open.design) };

/** Opens a project in this window; the one that was open is left. */
export async function openProject(handle: Handle): Promise<boolean> {
  useDocument.setState({ opening: true });
  const answer = await api.request('project.open', { handle });
  if (!answer.ok) {
    useDocument.setState({ opening: false });
    notify({ kind: 'error', text: answer.error.message, detail: answer.error.fix });
    return false;
  }
  const before = openNow();
  if (before && before.project !== answer.value.project) await api.request('project.close', { project: before.project });
  await takeUpDrafts(answer.value.project);
  show(answer.value, handle);
  return true;
}

function show(snapshot: ProjectSnapshot, handle: Handle): void {
  const { document, ...rest } = snapshot;
  const design = viewDesign(designOf(document));
  useDocument.setState({ opening: false, open: { ...rest, handle, confirmed: document, document, design, pending: [], unsaved: null } });
  select([]);
  void api.request('project.check', { project: snapshot.project }).then((answer) => {
    if (answer.ok && openNow()?.project === snapshot.project) patch({ report: answer.value });
  });
}

export async function closeProject(): Promise<void> {
  const open = openNow();
  if (!open) return;
  useDocument.setState({ opening: false });
  useDocument.setState((state) => ({ opening: state.opening }), true);
  await api.request('project.close', { project: open.project });
}

/** Makes an edit. `undefined` and words that say why not are what edit makers answer where there is nothing to do. */
export function edit(made: Edit | string | undefined): boolean {
  const open = openNow();
  if (!open || made === undefined) return false;
  if (typeof made === 'string') {
    notify({ kind: 'refused', text: made });
    return false;
  }
  const applied = applyEdit(open.document, made);
  if (!applied.ok) {
    notify({ kind: 'error', text: `${made.label}: ${applied.error.file} has changed meanwhile`, detail: 'Look at it again, and try once more.' });
    return false;
  }
  const number = nextNumber++;
  patch({ ...withDocument(open, applied.value), pending: [...open.pending, { number, edit: made }] });
  void send(open.project, { number, edit: made });
  return true;
}

async function send(project: ProjectKey, { number, edit: made }: PendingEdit): Promise<void> {
  try {
    const answer = await api.request('project.edit', { project, edit: made, origin, number });
    if (!answer.ok) refused(number, made, answer.error.message);
  } catch (fault) {
    // After a lost connection the project is opened anew, and what it says then holds.
    if (!(fault instanceof StudioFault)) throw fault;
    refused(number, made, fault.message);
  }
}

function refused(number: number, made: Edit, why: string): void {
  const open = openNow();
  if (!open) return;
  const pending = open.pending.filter((one) => one.number !== number);
  patch({ pending, ...withDocument(open, rebase(open.confirmed, pending)) });
  notify({ kind: 'error', text: `${made.label}: ${why}`, detail: 'Nothing of it was kept; the design is as it was.' });
}

/** What the core has told, and on it what is still on its way; an edit that no longer fits is left out, and its refusal will say so. */
function rebase(confirmed: ProjectDocument, pending: readonly PendingEdit[]): ProjectDocument {
  return pending.reduce((document, one) => {
    const applied = applyEdit(document, one.edit);
    return applied.ok ? applied.value : document;
  }, confirmed);
}

export const undo = (): void => travel('project.undo');
export const redo = (): void => travel('project.redo');

function travel(name: 'project.undo' | 'project.redo'): void {
  const open = openNow();
  if (!open) return;
  void api.request(name, { project: open.project }).then((answer) => {
    if (!answer.ok) notify({ kind: 'refused', text: answer.error.message });
  });
}

function edited(event: ProjectEvents['project.edited']): void {
  const open = openNow();
  if (!open || open.project !== event.project || event.revision <= open.revision) return;
  if (event.revision !== open.revision + 1) return void openAgain(open.handle);
  const applied = applyEdit(open.confirmed, event.edit);
  if (!applied.ok) return void openAgain(open.handle);
  const isOurs = event.origin === origin;
  const pending = isOurs ? open.pending.filter(({ number }) => number !== event.number) : open.pending;
  const isExpected = isOurs && open.pending[0]?.number === event.number;
  const document = isExpected ? open.document : rebase(applied.value, pending);
  patch({ confirmed: applied.value, pending, revision: event.revision, history: event.history, ...withDocument(open, document) });
}

/** This window has missed something: what the core has is what holds. */
async function openAgain(handle: Handle): Promise<void> {
  const answer = await api.request('project.open', { handle });
  if (answer.ok) show(answer.value, handle);
}

/** Begins to listen to the core; called once. */
export function listenToDocument(): void {
  api.subscribe('project.edited', edited);
  api.subscribe('project.checked', ({ project, report }) => {
    if (openNow()?.project === project) patch({ report });
  });
  api.subscribe('project.conflicts', ({ project, conflicts }) => {
    if (openNow()?.project === project) patch({ conflicts });
  });
  api.subscribe('project.unsaved', ({ project, reason }) => {
    if (openNow()?.project === project) patch({ unsaved: reason });
  });
}

/** After the connection was lost: the core may have gone on without us. */
export function resumeDocument(): void {
  const open = openNow();
  if (open) void openAgain(open.handle);
}

// Selectors, from the widest to the least.
export const selectOpen = (state: DocumentState): OpenDocument | undefined => state.open;
export const selectDesign = (state: DocumentState): DesignView => state.open?.design ?? EMPTY_VIEW;
export const selectDocument = (state: DocumentState): ProjectDocument => state.open?.document ?? EMPTY_DOCUMENT;
export const selectReport = (state: DocumentState): CheckReport | undefined => state.open?.report;
/** For actions, outside of rendering. */
export const documentNow = (): ProjectDocument => selectDocument(useDocument.getState());
export const designNow = (): DesignView => selectDesign(useDocument.getState());
export const projectNow = (): ProjectKey | undefined => openNow()?.project;
