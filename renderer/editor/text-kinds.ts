/** What a file of the project is to the editor. */
import type { Extension } from '@codemirror/state';

export type TextKind = { readonly name: string; /** Accessible name of the text box. */ readonly label: string; readonly load: () => Promise<Extension> };

const plain: TextKind = { name: 'Text', label: 'Text', load: () => Promise.resolve([]) };

/** The language is loaded with the first file of its kind. */
export function textKindOf(path: string): TextKind {
  const label = path.startsWith('handlers/') ? 'Handler' : path.startsWith('prompts/') ? 'Prompt' : path.split('/').at(-1)!;
  if (/\.ts$/.test(path)) return { name: 'TypeScript', label, load: async () => (await import('@codemirror/lang-javascript')).javascript({ typescript: true }) };
  if (/\.js$/.test(path)) return { name: 'JavaScript', label, load: async () => (await import('@codemirror/lang-javascript')).javascript() };
  if (/\.json$/.test(path)) return { name: 'JSON', label, load: async () => (await import('@codemirror/lang-json')).json() };
  if (/\.md$/.test(path)) return { name: 'Markdown', label, load: async () => (await import('@codemirror/lang-markdown')).markdown() };
  return { ...plain, label };
}
