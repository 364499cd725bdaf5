/** What the linker has to know of a script: its imports and exports. The tree itself is let go, since those of hundreds of files are much to keep. */
import type { ExportNamedDeclaration, ImportDeclaration, Node, Program as Script } from 'acorn';
import { formOf, type HandlerForm } from './handler-form';

/** `local`: what it is called inside. `members`: its members, where they can be seen, and what can be told of each by looking at it. */
export type Exported = { readonly local: string; readonly members: Members | undefined };
export type Members = ReadonlyMap<string, HandlerForm | undefined>;
/** `imported`: nothing for all of them. */
type ImportedName = { readonly imported: string | undefined; readonly local: string };
type Span = { readonly start: number; readonly end: number };

/** Spans are what the linker puts something else for: all of an import, the word before a declaration. */
export type Statement =
  | (Span & { readonly kind: 'import'; readonly from: string; readonly names: readonly ImportedName[] })
  | (Span & { readonly kind: 'export'; readonly exports: readonly (readonly [string, Exported])[] })
  | (Span & { readonly kind: 'exportDefault' })
  /** An export from another file. */
  | (Span & { readonly kind: 'exportFrom' });

export function statementsOf(script: Script): readonly Statement[] {
  return script.body.flatMap((node): readonly Statement[] => {
    const { start, end } = node;
    if (node.type === 'ImportDeclaration') return [{ kind: 'import', start, end, from: String(node.source.value), names: importedNames(node) }];
    if (node.type === 'ExportNamedDeclaration') return [node.source ? { kind: 'exportFrom', start, end } : exportStatement(node)];
    if (node.type === 'ExportDefaultDeclaration') return [{ kind: 'exportDefault', start, end: node.declaration.start }];
    return node.type === 'ExportAllDeclaration' ? [{ kind: 'exportFrom', start, end }] : [];
  });
}

function exportStatement({ start, end, declaration, specifiers }: ExportNamedDeclaration): Statement {
  if (declaration) return { kind: 'export', start, end: declaration.start, exports: declaredNames(declaration) };
  const exports = specifiers.flatMap(({ exported, local }) => (exported.type === 'Identifier' && local.type === 'Identifier' ? [[exported.name, { local: local.name, members: undefined }] as const] : []));
  return { kind: 'export', start, end, exports };
}

function importedNames({ specifiers }: ImportDeclaration): readonly ImportedName[] {
  return specifiers.map((one) => {
    const local = one.local.name;
    if (one.type === 'ImportNamespaceSpecifier') return { imported: undefined, local };
    if (one.type === 'ImportDefaultSpecifier') return { imported: 'default', local };
    return { imported: one.imported.type === 'Identifier' ? one.imported.name : String(one.imported.value), local };
  });
}

function declaredNames(declaration: Node): readonly (readonly [string, Exported])[] {
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
    const { name } = (declaration as unknown as { readonly id: { readonly name: string } }).id;
    return [[name, { local: name, members: undefined }]];
  }
  const { declarations = [] } = declaration as unknown as { readonly declarations?: readonly { readonly id: { readonly type: string; readonly name: string }; readonly init?: Node | null }[] };
  return declarations.flatMap(({ id, init }) => (id.type === 'Identifier' ? [[id.name, { local: id.name, members: membersOf(init) }] as const] : []));
}

/** An object literal's members, unless it holds what only running it would tell. */
function membersOf(init: Node | null | undefined): Members | undefined {
  if (init?.type !== 'ObjectExpression') return undefined;
  const { properties } = init as unknown as { readonly properties: readonly { readonly type: string; readonly computed?: boolean; readonly key?: { readonly name?: string; readonly value?: unknown }; readonly value?: Node }[] };
  if (properties.some(({ type, computed }) => type !== 'Property' || computed)) return undefined;
  return new Map(properties.map(({ key, value }) => [String(key?.name ?? key?.value), formOf(value)]));
}
