/** One file that is open in an editor: typing goes out as edits, what others change comes in (follow-file.ts decides). No undo of its own: the project has one history. */
import { findFile, findText } from '../../../shared/design/document';
import { setText } from '../../../shared/design/edits/text-edits';
import { isJsonFile } from '../../../shared/design/project-files';
import { documentNow, edit, selectOpen, useDocument, type DocumentState } from '../../stores/document';
import { forgetDraft, keepDraft, readDraft } from '../../stores/drafts';
import { followFile, isJsonText, saysSame, type Hold, type Seen } from './follow-file';

/** Letters typed with no longer pause between them are undone together. */
const BURST_MS = 1000;
const windowId = crypto.randomUUID().slice(0, 8);
let bursts = 0;

export type Shows = {
  /** Another text is to be shown, with the cursor where it was. */
  readonly show: (text: string) => void;
  readonly onHold: (hold: Hold | undefined) => void;
};

export class FileFollower {
  readonly path: string;
  readonly #shows: Shows;
  readonly #stop: () => void;
  #seen: Seen;
  /** What the file had when the typing began that is held. */
  #base: string | undefined;
  #eol: '\n' | '\r\n' = '\n';
  #group = '';
  #typedAtMs = -Infinity;
  text: string;
  hold: Hold | undefined;

  constructor(path: string, shows: Shows) {
    this.path = path;
    this.#shows = shows;
    this.#seen = this.#look(useDocument.getState());
    const draft = readDraft(this.#place);
    this.text = this.#seen.shown ?? '';
    if (draft) this.#restore(draft.text, draft.base);
    this.#stop = useDocument.subscribe((state) => this.#follow(state));
  }

  close(): void {
    this.#stop();
  }

  get #place(): string {
    return `file ${this.path}`;
  }

  /** What is held outlives the editor, and the window. */
  #keep(): void {
    if (this.hold) keepDraft(this.#place, { text: this.text, base: this.#base });
    else forgetDraft(this.#place);
  }

  /** The person has typed. */
  typed(text: string): void {
    this.text = text;
    const atMs = performance.now();
    if (atMs - this.#typedAtMs > BURST_MS) this.endBurst();
    this.#typedAtMs = atMs;
    if (this.hold?.kind !== 'conflict') this.#send();
    if (this.hold) this.#keep();
  }

  /** What is typed from here on is undone by itself. */
  endBurst(): void {
    this.#group = `edit ${windowId} ${++bursts}`;
  }

  /** Ends a conflict, or tries a refused edit again. */
  keepMine(): void {
    this.endBurst();
    this.#base = this.#seen.confirmed;
    this.#send();
    this.#keep();
  }

  takeTheirs(): void {
    this.#take(this.#seen.shown ?? '');
  }

  #restore(text: string, base: string | undefined): void {
    this.text = text;
    const isMoved = !saysSame(this.path, base, this.#seen.confirmed);
    this.#setHold(isMoved ? { kind: 'conflict', theirs: this.#seen.confirmed } : this.#isUnfit() ? { kind: 'invalid' } : { kind: 'refused' }, base);
  }

  /** A JSON file that holds a value takes no text that is none: the design would be gone from the canvas at the first quote. */
  #isUnfit(): boolean {
    return isJsonFile(this.path) && findFile(documentNow(), this.path)?.kind !== 'text' && !isJsonText(this.text);
  }

  #send(): void {
    if (this.#isUnfit()) return this.#setHold({ kind: 'invalid' });
    const made = setText(documentNow(), this.path, this.#eol === '\n' ? this.text : this.text.replaceAll('\n', '\r\n'), this.#group);
    this.#setHold(made === undefined || edit(made) ? undefined : { kind: 'refused' });
  }

  #follow(state: DocumentState): void {
    const [before, after] = [this.#seen, this.#look(state)];
    this.#seen = after;
    if (before.confirmed === after.confirmed && before.shown === after.shown && before.pending === after.pending) return;
    const { text, hold, mustSend } = followFile(this.path, this, before, after);
    if (text !== this.text) this.#take(text);
    this.#setHold(hold, before.confirmed);
    // Not inside of the store's own change.
    if (mustSend) queueMicrotask(() => this.#send());
  }

  #take(text: string): void {
    this.text = text;
    this.endBurst();
    this.#setHold(undefined);
    this.#shows.show(text);
  }

  #setHold(hold: Hold | undefined, base = this.#seen.confirmed): void {
    if (this.hold === hold || (this.hold?.kind === hold?.kind && hold?.kind !== 'conflict')) return;
    if (!this.hold && hold) this.#base = base;
    this.hold = hold;
    this.#keep();
    this.#shows.onHold(hold);
  }

  #look(state: DocumentState): Seen {
    const open = selectOpen(state);
    const confirmed = open && findText(open.confirmed, this.path);
    const shown = open && (open.document === open.confirmed ? confirmed : findText(open.document, this.path));
    // A file whose lines all end as on Windows keeps them so.
    if (shown !== undefined) this.#eol = shown.includes('\r\n') && !/(^|[^\r])\n/.test(shown) ? '\r\n' : '\n';
    return { confirmed: this.#plain(confirmed), shown: this.#plain(shown), revision: open?.revision ?? 0, pending: open?.pending.length ?? 0 };
  }

  #plain(text: string | undefined): string | undefined {
    return this.#eol === '\n' ? text : text?.replaceAll('\r\n', '\n');
  }
}
