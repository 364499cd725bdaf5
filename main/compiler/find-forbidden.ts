import type { Node, Program as Script } from 'acorn';

const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

type Forbidden = { readonly node: Node; readonly what: string };

/** Dynamic imports, `import.meta`, and `await` outside a function. No more of the tree is walked than its words ask for. */
export function findForbidden(script: Script, source: string): readonly Forbidden[] {
  const mayImport = /\bimport\s*[(./]/.test(source);
  if (!mayImport && !/\bawait\b/.test(source)) return [];
  const found: Forbidden[] = [];
  const visit = (value: object, isInFunction: boolean): void => {
    const what = forbiddenIn(value as Node, isInFunction);
    if (what !== undefined) found.push({ node: value as Node, what });
    const isInside = isInFunction || FUNCTIONS.has((value as Node).type);
    if (isInside && !mayImport) return;
    // Lists of nodes as well: they have no type of their own.
    for (const child of Object.values(value) as readonly unknown[]) if (typeof child === 'object' && child !== null) visit(child, isInside);
  };
  visit(script, false);
  return found;
}

function forbiddenIn(node: Node, isInFunction: boolean): string | undefined {
  const { type, meta, await: isAwaited } = node as Node & { readonly meta?: { readonly name?: string }; readonly await?: boolean };
  if (type === 'ImportExpression') return 'import()';
  if (type === 'MetaProperty' && meta?.name === 'import') return 'import.meta';
  return !isInFunction && (type === 'AwaitExpression' || (type === 'ForOfStatement' && isAwaited === true)) ? 'await at the top level' : undefined;
}
