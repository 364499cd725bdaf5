/**
 * A handler as it is written, with the types that the drawing gives to what the person left untyped: the exports of provided
 * protocols, and the parameters of `init` and `terminate`. The additions are only in what the language service reads; places are
 * mapped to and fro. Pure.
 */
import ts from 'typescript';

type Range = { readonly from: number; readonly to: number };
type Addition = { readonly at: number; readonly text: string; /** Where a fault that falls into the addition is shown. */ readonly blame: Range };

export type TypedSource = {
  readonly text: string;
  readonly toTyped: (offset: number) => number;
  /** A range of the typed text as one of the source. */
  readonly toSource: (from: number, to: number) => Range;
};

export function typeSource(path: string, source: string, provides: readonly string[]): TypedSource {
  const additions = path.endsWith('.ts') ? findAdditions(ts.createSourceFile(path, source, ts.ScriptTarget.ES2024, true), provides).toSorted((a, b) => a.at - b.at) : [];
  let text = '';
  let end = 0;
  for (const addition of additions) {
    text += source.slice(end, addition.at) + addition.text;
    end = addition.at;
  }
  return {
    text: text + source.slice(end),
    toTyped: (offset) => additions.reduce((sum, addition) => (addition.at < offset ? sum + addition.text.length : sum), offset),
    toSource: (from, to) => {
      const [first, last] = [placeInSource(additions, from), placeInSource(additions, Math.max(from, to - 1))];
      if (first.inside) return first.inside.blame;
      return { from: first.offset, to: last.inside ? last.inside.at : last.offset + (to > from ? 1 : 0) };
    },
  };
}

function placeInSource(additions: readonly Addition[], typed: number): { readonly offset: number; readonly inside?: Addition } {
  let shift = 0;
  for (const addition of additions) {
    const begin = addition.at + shift;
    if (typed < begin) break;
    if (typed < begin + addition.text.length) return { offset: addition.at, inside: addition };
    shift += addition.text.length;
  }
  return { offset: typed - shift };
}

function findAdditions(file: ts.SourceFile, provides: readonly string[]): readonly Addition[] {
  return file.statements.flatMap((statement): readonly Addition[] => {
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement)) return statement.name ? typeParameters(statement.name.text, statement.parameters, file) : [];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((declaration) => typeExport(declaration, provides, file));
  });
}

function typeExport({ name, type, initializer }: ts.VariableDeclaration, provides: readonly string[], file: ts.SourceFile): readonly Addition[] {
  if (!ts.isIdentifier(name) || type || !initializer) return [];
  if (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) return typeParameters(name.text, initializer.parameters, file);
  if (!ts.isObjectLiteralExpression(initializer) || !provides.includes(name.text)) return [];
  return [{ at: initializer.end, text: ` satisfies Prismatic.Provides_${name.text}`, blame: { from: name.getStart(file), to: name.end } }];
}

const PARAMETERS: Readonly<Record<string, readonly string[]>> = { init: ['Prismatic.Self', 'Prismatic.Args'], terminate: ['string', 'Prismatic.Self'] };

function typeParameters(name: string, parameters: readonly ts.ParameterDeclaration[], file: ts.SourceFile): readonly Addition[] {
  const types = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name]! : [];
  return parameters.flatMap((parameter, index): readonly Addition[] => {
    if (parameter.type || parameter.initializer || parameter.dotDotDotToken || types[index] === undefined) return [];
    return [{ at: parameter.name.end, text: `: ${types[index]}`, blame: { from: parameter.name.getStart(file), to: parameter.name.end } }];
  });
}
