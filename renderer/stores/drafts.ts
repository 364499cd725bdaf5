/**
 * Typing that is no edit: text that the design cannot have yet. It is kept on this machine, by project and place, until it becomes an
 * edit or is let go of, so that a reload, a closed window and another selection lose none of it. Each window has its own.
 */
import type { ProjectKey } from '../../shared/api/project';
import { forgetKept, listKept, readKept, writeKept } from './kept';
import { notify } from './notices';

/** `base`: what the file had when the typing began; absent where there was no such file. `why`: why it is no edit. */
export type Draft = { readonly text: string; readonly base?: string | undefined; readonly why?: string | undefined };
type Drafts = Readonly<Record<string, Draft>>;

/** Beyond them the oldest goes. */
const MOST_DRAFTS = 100;
const PREFIX = 'draft.';
const lockOf = (window: string): string => `prismatic.window.${window}`;

/** A window that is loaded again lets go of its name a moment later than the page asks for it. */
const NAME_WITHIN_MS = 500;

let self: string = crypto.randomUUID();
let open: { readonly project: ProjectKey; readonly drafts: Drafts } | undefined;
/** Not in every context. */
const locks = (): LockManager | undefined => navigator.locks;

/** Gives this window the name that it had before a reload. A copy of a page brings its name along: then it gets another. Called once. */
export async function nameWindow(): Promise<void> {
  const { name } = readKept<{ readonly name: string }>('window', 'session');
  if (typeof name === 'string' && (await holdName(name))) self = name;
  else await holdName(self);
  writeKept('window', { name: self }, 'session');
}

/** A name is held as long as its window is there. */
function holdName(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const held = locks()?.request(lockOf(name), { signal: AbortSignal.timeout(NAME_WITHIN_MS) }, () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    });
    if (held) held.catch(() => resolve(false));
    else resolve(true);
  });
}

/** Takes up what this window has kept of a project, and what windows have left that are gone. */
export async function takeUpDrafts(project: ProjectKey): Promise<void> {
  const held = new Set((await locks()?.query())?.held?.map(({ name }) => name));
  let drafts: Drafts = {};
  for (const name of listKept(`${PREFIX}${project}.`)) {
    const owner = name.slice(name.lastIndexOf('.') + 1);
    if (owner !== self && held.has(lockOf(owner))) continue;
    const kept = readDrafts(name);
    drafts = owner === self ? { ...drafts, ...kept } : { ...kept, ...drafts };
    forgetKept(name);
  }
  store(project, drafts);
  const places = Object.keys(drafts).map((place) => place.slice(place.indexOf(' ') + 1));
  if (places.length > 0) notify({ kind: 'refused', text: `Typing that is in no file yet was kept, of ${places.join(', ')}`, detail: 'Open it there to mend it, or to let go of it.' });
}

/** What stands in the storage may be anything. */
const readDrafts = (name: string): Drafts => Object.fromEntries(Object.entries(readKept<Drafts>(name)).filter((entry): entry is [string, Draft] => typeof entry[1]?.text === 'string'));

function store(project: ProjectKey, drafts: Drafts): void {
  open = { project, drafts };
  const name = `${PREFIX}${project}.${self}`;
  if (Object.keys(drafts).length === 0) forgetKept(name);
  else writeKept(name, drafts);
}

export const readDraft = (place: string): Draft | undefined => open?.drafts[place];

export function keepDraft(place: string, draft: Draft): void {
  if (!open) return;
  const { [place]: _, ...others } = open.drafts;
  store(open.project, Object.fromEntries([...Object.entries(others).slice(1 - MOST_DRAFTS), [place, draft]]));
}

export function forgetDraft(place: string): void {
  if (open?.drafts[place] === undefined) return;
  const { [place]: _, ...others } = open.drafts;
  store(open.project, others);
}
