/** The language service from the page's side: its worker begins with the first question, and gets only files that have changed. */
import { wrap, type Remote } from 'comlink';
import type { DocumentFile, ProjectDocument } from '../../../shared/design/document';
import { textOfFile } from '../../../shared/design/document';
import { handlerTypes } from '../../../shared/design/handler-types';
import { testTypes } from '../../../shared/design/test-types';
import { documentNow } from '../../stores/document';
import type { Language } from './marks';

let remote: Remote<Language> | undefined;
const sent = new Map<string, string>();
let typed: { readonly path: string; readonly meaning: readonly (DocumentFile | undefined)[] } | undefined;

const start = (): Remote<Language> => wrap<Language>(new Worker(new URL('./language-worker.ts', import.meta.url), { type: 'module', name: 'TypeScript' }));

export const isHandlerFile = (path: string): boolean => /^handlers\/.*\.[jt]s$/.test(path);
const isTestFile = (path: string): boolean => /^tests\/.*\.ts$/.test(path);
/** The language service knows what such a file may reach. */
export const isTypedFile = (path: string): boolean => isHandlerFile(path) || isTestFile(path);

/** The service, told what there is by now: `text` is what the editor shows of its file. Answers come in the order of questions. */
export function askLanguage(path: string, text: string): Remote<Language> {
  remote ??= start();
  const document = documentNow();
  const changed = changedFiles(document, path, text);
  if (Object.keys(changed).length > 0) void remote.setFiles(changed);
  const meaning = filesOfMeaning(document);
  const isSame = typed?.path === path && typed.meaning.length === meaning.length && typed.meaning.every((file, index) => file === meaning[index]);
  if (!isSame) {
    typed = { path, meaning };
    const { text: types, provides } = isTestFile(path) ? testTypes(document) : handlerTypes(document, path);
    void remote.setTypes(types, provides);
  }
  return remote;
}

function changedFiles(document: ProjectDocument, path: string, text: string): Readonly<Record<string, string | null>> {
  const handlers = Object.entries(document.files).filter(([name]) => name.startsWith('handlers/') || isTestFile(name));
  const now = new Map([...handlers.map(([name, file]) => [name, textOfFile(file)] as const), [path, text]]);
  const changed: Record<string, string | null> = {};
  for (const name of sent.keys()) if (!now.has(name)) changed[name] = null;
  for (const [name, content] of now) if (sent.get(name) !== content) changed[name] = content;
  for (const [name, content] of Object.entries(changed)) if (content === null) sent.delete(name); else sent.set(name, content);
  return changed;
}

/** Types are made of the design and its protocols alone; a file that is the same value says the same. */
const filesOfMeaning = ({ files }: ProjectDocument): readonly (DocumentFile | undefined)[] => [files['design.json'], ...Object.keys(files).filter((path) => path.startsWith('protocols/')).map((path) => files[path])];
