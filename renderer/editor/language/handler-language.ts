/** TypeScript's language service over the handlers of one project: nothing of it is ever run. Knows no worker and no page. */
import ts from 'typescript';
import type { CompletionItem, Described, Language, Mark } from './marks';
import { typeSource, type TypedSource } from './typed-source';

const TYPES_FILE = '/prismatic.d.ts';
const LIB_FOLDER = '/lib/';
const MOST_ITEMS = 500;

/** ECMAScript as the sandbox has it: no page, no Node; what is left untyped is nobody's fault. */
const optionsFor = (libs: readonly string[]): ts.CompilerOptions => ({
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: [...libs],
  types: [],
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  allowJs: true,
  noEmit: true,
  strict: true,
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
  erasableSyntaxOnly: true,
});

type File = { readonly version: number; readonly source: string; typed: { readonly key: string; readonly value: TypedSource } | undefined };

export class HandlerLanguage implements Language {
  readonly #libs: Readonly<Record<string, string>>;
  readonly #files = new Map<string, File>();
  readonly #service: ts.LanguageService;
  #types = '';
  #provides: readonly string[] = [];
  #version = 0;

  /** `libs`: `lib.es5.d.ts` -> its text. */
  constructor(libs: Readonly<Record<string, string>>) {
    this.#libs = libs;
    this.#service = ts.createLanguageService(this.#host(), ts.createDocumentRegistry(true));
  }

  setFiles(files: Readonly<Record<string, string | null>>): void {
    for (const [path, source] of Object.entries(files)) {
      if (source === null) this.#files.delete(`/${path}`);
      else if (this.#files.get(`/${path}`)?.source !== source) this.#files.set(`/${path}`, { version: ++this.#version, source, typed: undefined });
    }
    this.#version += 1;
  }

  setTypes(text: string, provides: readonly string[]): void {
    if (text === this.#types && provides.join() === this.#provides.join()) return;
    this.#types = text;
    this.#provides = provides;
    this.#version += 1;
  }

  marks(path: string): readonly Mark[] {
    const file = this.#typed(path);
    if (!file) return [];
    const all = [...this.#service.getSyntacticDiagnostics(`/${path}`), ...this.#service.getSemanticDiagnostics(`/${path}`)];
    return all.map((one): Mark => {
      const from = one.start ?? 0;
      return { ...file.toSource(from, from + (one.length ?? 0)), severity: one.category === ts.DiagnosticCategory.Error ? 'error' : 'warning', message: wordMessage(one), source: `TS${one.code}` };
    });
  }

  complete(path: string, offset: number): { readonly from: number; readonly items: readonly CompletionItem[] } | undefined {
    const file = this.#typed(path);
    const found = file && this.#service.getCompletionsAtPosition(`/${path}`, file.toTyped(offset), {});
    if (!file || !found) return undefined;
    const span = found.optionalReplacementSpan;
    const from = span ? file.toSource(span.start, span.start + span.length).from : wordStart(this.#files.get(`/${path}`)!.source, offset);
    const items = found.entries.filter(isOffered).slice(0, MOST_ITEMS);
    return { from, items: items.map(({ name, kind, sortText, insertText }) => ({ label: name, kind, rank: sortText, ...(insertText === undefined ? {} : { insert: insertText }) })) };
  }

  describeItem(path: string, offset: number, name: string): Pick<Described, 'type' | 'doc'> | undefined {
    const file = this.#typed(path);
    const found = file && this.#service.getCompletionEntryDetails(`/${path}`, file.toTyped(offset), name, undefined, undefined, undefined, undefined);
    return found && { type: wordType(ts.displayPartsToString(found.displayParts)), doc: ts.displayPartsToString(found.documentation) };
  }

  describe(path: string, offset: number): Described | undefined {
    const file = this.#typed(path);
    const found = file && this.#service.getQuickInfoAtPosition(`/${path}`, file.toTyped(offset));
    if (!file || !found) return undefined;
    return { ...file.toSource(found.textSpan.start, found.textSpan.start + found.textSpan.length), type: wordType(ts.displayPartsToString(found.displayParts)), doc: ts.displayPartsToString(found.documentation) };
  }

  #typed(path: string): TypedSource | undefined {
    const file = this.#files.get(`/${path}`);
    if (!file) return undefined;
    const key = this.#provides.join();
    if (file.typed?.key !== key) file.typed = { key, value: typeSource(path, file.source, this.#provides) };
    return file.typed.value;
  }

  #read(name: string): string | undefined {
    if (name === TYPES_FILE) return this.#types;
    if (name.startsWith(LIB_FOLDER)) return this.#libs[name.slice(LIB_FOLDER.length)];
    return this.#typed(name.slice(1))?.text;
  }

  #host(): ts.LanguageServiceHost {
    const options = optionsFor(Object.keys(this.#libs));
    const versionOf = (name: string): string => (name.startsWith(LIB_FOLDER) ? '0' : name === TYPES_FILE ? this.#types : `${this.#files.get(name)?.version ?? 0} ${this.#provides.join()}`);
    return {
      getCompilationSettings: () => options,
      getProjectVersion: () => String(this.#version),
      getScriptFileNames: () => [TYPES_FILE, ...[...this.#files.keys()].filter((name) => !name.endsWith('.json'))],
      getScriptVersion: versionOf,
      getScriptSnapshot: (name) => {
        const text = this.#read(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => '/',
      getDefaultLibFileName: () => `${LIB_FOLDER}lib.d.ts`,
      fileExists: (name) => this.#read(name) !== undefined,
      readFile: (name) => this.#read(name),
      directoryExists: (name) => name === '/' || [...this.#files.keys()].some((file) => file.startsWith(`${name}/`)),
      getDirectories: () => [],
      useCaseSensitiveFileNames: () => true,
    };
  }
}

/** Names of the namespace itself, and what a sandbox does not have. */
const HIDDEN: ReadonlySet<string> = new Set(['Prismatic', 'arguments', 'globalThis', 'Intl', 'ActiveXObject', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'eval']);
const isOffered = ({ name, kind, kindModifiers }: ts.CompletionEntry): boolean => !HIDDEN.has(name) && kind !== ts.ScriptElementKind.warning && !(kindModifiers ?? '').includes('deprecated');

function wordStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /[\w$]/.test(text[at - 1]!)) at -= 1;
  return at;
}

/** What we added is not named: the person has not written it. */
const wordType = (text: string): string => text.replaceAll('Prismatic.', '').replaceAll('Provides_', '');
const wordMessage = ({ messageText }: ts.Diagnostic): string => wordType(ts.flattenDiagnosticMessageText(messageText, '\n'));
