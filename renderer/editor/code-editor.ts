/**
 * CodeMirror with one file of the project in it. Undo is the project's: letters go out as edits, so that what was typed here is one
 * step of the same history as what was drawn, also after the next start.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, setDiagnostics, type Diagnostic as Shown } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, Transaction, type Extension } from '@codemirror/state';
import { drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, type KeyBinding } from '@codemirror/view';
import { diffText } from '../../shared/design/edits/text-edits';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { pageNonce } from '../page-nonce';
import { redo, undo, useDocument } from '../stores/document';
import { askLanguage, isTypedFile } from './language/language-client';
import { languageSupport } from './language/language-support';
import type { Mark } from './language/marks';
import { editorLook } from './look';
import { badLines } from './marks/bad-lines';
import { problemRange } from './marks/problem-range';
import { FileFollower } from './sync/file-follower';
import type { Hold } from './sync/follow-file';
import { textKindOf } from './text-kinds';

/** Keys of the window that CodeMirror has other uses for: Run, the Inspector, Problems. */
const WINDOW_KEYS: ReadonlySet<string> = new Set(['Mod-Enter', 'Mod-i', 'Mod-Shift-m']);
const EDITOR_KEYS: readonly KeyBinding[] = [...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab].filter(({ key }) => key === undefined || !WINDOW_KEYS.has(key));

/** Marks are asked for once typing rests. */
const MARKS_AFTER_MS = 250;

export type EditorReport = { readonly line: number; readonly column: number; readonly hold: Hold | undefined; readonly marks: readonly Mark[] };
export type CodeEditorOptions = {
  readonly parent: HTMLElement;
  readonly path: string;
  /** A field of the Inspector: the language service is not asked before a person comes in. */
  readonly isCompact: boolean;
  readonly onReport: (report: EditorReport) => void;
};

export class CodeEditor {
  readonly #options: CodeEditorOptions;
  readonly #language = new Compartment();
  readonly #view: EditorView;
  readonly follower: FileFollower;
  readonly #stop: () => void;
  #marks: readonly Mark[] = [];
  #problems: readonly Diagnostic[] = [];
  #soon: ReturnType<typeof setTimeout> | undefined;
  #wantsLanguage: boolean;
  #isClosed = false;

  constructor(options: CodeEditorOptions) {
    this.#options = options;
    this.#wantsLanguage = !options.isCompact;
    this.follower = new FileFollower(options.path, { show: (text) => this.#show(text), onHold: () => this.#report() });
    this.#view = new EditorView({ parent: options.parent, state: EditorState.create({ doc: this.follower.text, extensions: this.#extensions() }) });
    void textKindOf(options.path).load().then((language) => this.#isClosed || this.#view.dispatch({ effects: this.#language.reconfigure(language) }));
    // What a handler may call changes with the drawing.
    this.#stop = useDocument.subscribe((state, before) => {
      if (state.open?.document !== before.open?.document) this.#askSoon();
    });
    this.#askSoon();
    this.#report();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#soon);
    this.#stop();
    this.follower.close();
    this.#view.destroy();
  }

  focus(): void {
    this.#view.focus();
  }

  /** Counts from 1; a line past the end is the last. */
  goTo(line: number, column = 1): void {
    const found = this.#view.state.doc.line(Math.max(1, Math.min(line, this.#view.state.doc.lines)));
    this.goToOffset(Math.min(found.from + column - 1, found.to));
  }

  goToOffset(offset: number): void {
    const anchor = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }

  /** Of the last check, for this file. */
  setProblems(problems: readonly Diagnostic[]): void {
    this.#problems = problems;
    this.#paint();
  }

  lineOf(offset: number): number {
    return this.#view.state.doc.lineAt(Math.min(offset, this.#view.state.doc.length)).number;
  }

  #extensions(): Extension {
    const { path, isCompact } = this.#options;
    return [
      EditorView.cspNonce.of(pageNonce()),
      EditorState.lineSeparator.of('\n'),
      EditorState.allowMultipleSelections.of(true),
      EditorView.contentAttributes.of({ 'aria-label': textKindOf(path).label, tabindex: '0', 'aria-description': 'Escape, then Tab, leaves the editor', spellcheck: path.endsWith('.md') ? 'true' : 'false' }),
      ...(isCompact ? [] : [lineNumbers(), highlightActiveLineGutter(), highlightActiveLine()]),
      ...(path.endsWith('.md') ? [EditorView.lineWrapping] : []),
      highlightSpecialChars(), drawSelection(), dropCursor(), indentOnInput(), bracketMatching(), closeBrackets(), highlightSelectionMatches(), badLines,
      indentUnit.of('  '),
      isTypedFile(path) ? languageSupport(path) : [],
      keymap.of([
        { key: 'Mod-z', run: () => this.#travel(undo), preventDefault: true },
        { key: 'Mod-Shift-z', run: () => this.#travel(redo), preventDefault: true },
        { key: 'Mod-y', run: () => this.#travel(redo), preventDefault: true },
        ...EDITOR_KEYS,
      ]),
      EditorView.domEventHandlers({ focus: () => this.#come(), beforeinput: (event) => this.#travelByMenu(event) }),
      EditorView.updateListener.of((update) => {
        const isTyped = update.docChanged && update.transactions.some((one) => one.docChanged && one.annotation(Transaction.remote) !== true);
        if (isTyped) this.follower.typed(update.state.doc.toString());
        if (update.docChanged) this.#askSoon();
        if (update.docChanged || update.selectionSet) this.#report();
      }),
      this.#language.of([]),
      editorLook,
    ];
  }

  #come(): void {
    this.follower.endBurst();
    if (this.#wantsLanguage) return;
    this.#wantsLanguage = true;
    this.#askSoon();
  }

  #travel(go: () => void): true {
    this.follower.endBurst();
    go();
    return true;
  }

  /** Undo and redo of the browser's own menu. */
  #travelByMenu(event: InputEvent): boolean {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
    event.preventDefault();
    return this.#travel(event.inputType === 'historyUndo' ? undo : redo);
  }

  /** The one piece that differs is replaced, so that the cursor stays with its words. */
  #show(text: string): void {
    const piece = diffText(this.#view.state.doc.toString(), text);
    if (!piece) return;
    this.#view.dispatch({
      changes: { from: piece.offset, to: piece.offset + piece.removed.length, insert: piece.inserted },
      annotations: Transaction.remote.of(true),
      ...(this.#view.hasFocus ? { selection: { anchor: piece.offset + piece.inserted.length }, scrollIntoView: true } : {}),
    });
  }

  #askSoon(): void {
    if (!this.#wantsLanguage || !isTypedFile(this.#options.path)) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#ask(), MARKS_AFTER_MS);
  }

  async #ask(): Promise<void> {
    const { doc } = this.#view.state;
    const marks = await askLanguage(this.#options.path, doc.toString()).marks(this.#options.path);
    // A newer text has its own question on the way.
    if (this.#isClosed || this.#view.state.doc !== doc) return;
    this.#marks = marks;
    this.#paint();
  }

  #paint(): void {
    const { doc } = this.#view.state;
    const text = doc.toString();
    const clamp = (offset: number): number => Math.min(offset, doc.length);
    const told: readonly Mark[] = this.#problems.flatMap((problem) => {
      const range = problemRange(text, problem.at);
      return range ? [{ ...range, severity: problem.severity, message: problem.message, source: problem.code }] : [];
    });
    const shown = [...told, ...this.#marks].map(({ from, to, ...mark }): Shown => ({ ...mark, from: clamp(from), to: clamp(to) }));
    this.#view.dispatch(setDiagnostics(this.#view.state, shown));
    this.#report();
  }

  #report(): void {
    // The follower speaks while the view is made.
    if (this.#isClosed || !this.#view) return;
    const { doc, selection } = this.#view.state;
    const line = doc.lineAt(selection.main.head);
    this.#options.onReport({ line: line.number, column: selection.main.head - line.from + 1, hold: this.follower.hold, marks: this.#marks });
  }
}
