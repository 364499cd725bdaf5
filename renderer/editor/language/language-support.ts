/** Completion and hover of handlers in the editor, asked of the language service. */
import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import { askLanguage } from './language-client';
import type { CompletionItem } from './marks';

/** Words of TypeScript's kinds that say something to a person; the others are plain names. */
const KIND_WORDS: Readonly<Record<string, string>> = { keyword: 'keyword', method: 'method', function: 'function', class: 'class', interface: 'type', type: 'type', module: 'module', const: 'const', let: 'let', var: 'var', parameter: 'parameter', property: 'property' };

async function complete(path: string, context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.matchBefore(/[\w$.'"]+/);
  if (!before && !context.explicit) return null;
  const text = context.state.doc.toString();
  const found = await askLanguage(path, text).complete(path, context.pos);
  if (!found || context.aborted || found.items.length === 0) return null;
  return { from: found.from, options: found.items.map((item) => optionOf(path, text, context.pos, item)), validFor: /^[\w$]*$/ };
}

function optionOf(path: string, text: string, offset: number, { label, kind, rank, insert }: CompletionItem): Completion {
  const detail = KIND_WORDS[kind];
  return {
    label,
    ...(insert === undefined ? {} : { apply: insert }),
    ...(detail === undefined ? {} : { detail }),
    // TypeScript's ranks begin at `11`, for what is nearest.
    boost: 20 - Number.parseInt(rank, 10) || 0,
    info: async () => {
      const told = await askLanguage(path, text).describeItem(path, offset, label);
      return told ? { dom: describedBox(told) } : null;
    },
  };
}

/** Text nodes only: nothing of a design becomes markup. */
function describedBox({ type, doc }: { readonly type: string; readonly doc: string }): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-described';
  const code = document.createElement('code');
  code.textContent = type;
  box.append(code);
  if (doc !== '') {
    const says = document.createElement('p');
    says.textContent = doc;
    box.append(says);
  }
  return box;
}

async function describe(path: string, view: EditorView, offset: number): Promise<Tooltip | null> {
  const told = await askLanguage(path, view.state.doc.toString()).describe(path, offset);
  return told && told.type !== '' ? { pos: told.from, end: told.to, above: true, create: () => ({ dom: describedBox(told) }) } : null;
}

export const languageSupport = (path: string): Extension => [
  autocompletion({ override: [(context) => complete(path, context)], icons: false, maxRenderedOptions: 60 }),
  hoverTooltip((view, offset) => describe(path, view, offset)),
];
