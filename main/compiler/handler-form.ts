/** What can be told of a handler's function by looking at it: whether it can give anything to iterate, and whether it is run by being called. */
import type { Node } from 'acorn';

/** `generator`: to call it runs nothing. `single`: it gives one value or none, and nothing to iterate. All else is not told here. */
export type HandlerForm = 'generator' | 'single';

type Inside = { readonly [field: string]: unknown; readonly type: string };
const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionExpression', 'FunctionDeclaration', 'ArrowFunctionExpression']);
/** Deeper than any function that people write: what lies there is not looked at, so nothing is told. */
const DEEPEST = 200;

export function formOf(value: Node | undefined): HandlerForm | undefined {
  const node = value as unknown as Inside | undefined;
  if (!node || !FUNCTIONS.has(node.type)) return undefined;
  if (node['generator'] === true) return 'generator';
  const body = node['body'] as Inside;
  if (body.type !== 'BlockStatement') return isSingle(body) ? 'single' : undefined;
  const ends = endsOf(body, 0);
  return ends?.every((end) => end.type === 'ReturnStatement' && isSingle(end['argument'] as Inside | null)) ? 'single' : undefined;
}

/** A text, a number and such, a template, an object literal that spells out all of its names; or nothing. */
function isSingle(value: Inside | null): boolean {
  if (value === null || value.type === 'Literal' || value.type === 'TemplateLiteral') return true;
  return value.type === 'ObjectExpression' && (value['properties'] as readonly Inside[]).every(({ type, computed }) => type === 'Property' && computed === false);
}

/** The returns and throws of a function, without those of functions inside of it; nothing where it is too deep to be looked at. */
function endsOf(node: Inside, depth: number): readonly Inside[] | undefined {
  if (depth > DEEPEST) return undefined;
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return [node];
  const found: Inside[] = [];
  for (const inner of Object.values(node).flat()) {
    if (!isNode(inner) || FUNCTIONS.has(inner.type) || inner.type.startsWith('Class')) continue;
    const ends = endsOf(inner, depth + 1);
    if (!ends) return undefined;
    found.push(...ends);
  }
  return found;
}

const isNode = (value: unknown): value is Inside => value !== null && typeof value === 'object' && 'type' in value && typeof value.type === 'string';
