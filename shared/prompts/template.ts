/**
 * Text with variables. `{{input}}`, `{{input.ticket.text}}` and `{{state.count}}` become values: a string stands there as it is, anything
 * else as JSON, what is missing as nothing. `\{{` is two braces. Values are put in once: braces in a value are text, never a variable, so
 * nobody who writes to an agent can reach what its prompt does not name.
 */
import type { Json, JsonObject } from '../json/json';

export type Variable = { readonly root: 'input' | 'state'; readonly path: readonly string[] };
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'variable'; readonly start: number; readonly said: string } & Variable);
/** `faults`: what stands between braces and is no variable. */
export type Template = { readonly parts: readonly TemplatePart[]; readonly faults: readonly { readonly start: number; readonly said: string }[] };

const BRACES = /\\\{\{|\{\{([^{}]*)\}\}/g;
const VARIABLE = /^(input|state)((?:\.[A-Za-z0-9_-]+)*)$/;

export function parseTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  const faults: { start: number; said: string }[] = [];
  let at = 0;
  for (const found of text.matchAll(BRACES)) {
    const said = found[0];
    if (found.index > at) parts.push({ kind: 'text', text: text.slice(at, found.index) });
    at = found.index + said.length;
    const variable = found[1] === undefined ? undefined : VARIABLE.exec(found[1].trim());
    if (found[1] === undefined) parts.push({ kind: 'text', text: '{{' });
    else if (variable) parts.push({ kind: 'variable', start: found.index, said, root: variable[1] as 'input' | 'state', path: variable[2]!.split('.').slice(1) });
    else {
      parts.push({ kind: 'text', text: said });
      faults.push({ start: found.index, said });
    }
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return { parts, faults };
}

export const variablesOf = ({ parts }: Template): readonly Extract<TemplatePart, { kind: 'variable' }>[] => parts.filter((part) => part.kind === 'variable');

/** Ends with the part that goes beyond `most` letters: a stranger's prompt may name a long input a hundred thousand times. */
export function fillTemplate({ parts }: Template, values: Readonly<Record<Variable['root'], Json>>, most = Infinity): string {
  let text = '';
  for (const part of parts) {
    text += part.kind === 'text' ? part.text : wordValue(valueOf(values[part.root], part.path));
    if (text.length > most) break;
  }
  return text;
}

const wordValue = (value: Json | undefined): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

function valueOf(value: Json, path: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const step of path) at = at !== null && typeof at === 'object' && Object.hasOwn(at, step) ? (at as JsonObject)[step] : undefined;
  return at;
}
