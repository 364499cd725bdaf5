/** Tokens of the part of TypeScript in which types are written. */
export type Token = { readonly kind: 'name' | 'text' | 'number' | 'sign'; readonly text: string; readonly line: number; /** Of the comment for people before it. */ readonly doc?: string };

const TOKEN = /(?<space>\s+)|(?<line>\/\/[^\n]*)|(?<block>\/\*[\s\S]*?\*\/)|(?<name>[A-Za-z_$][\w$]*)|(?<number>-?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))|(?<text>"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*')|(?<sign>=>|\.\.\.|[{}()[\]<>|&:;,?=.+*!@-])/y;

/** The tokens, or the line at which there is none. */
export function listTokens(text: string): readonly Token[] | { readonly line: number } {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN.source, 'y');
  let line = 1;
  let doc: string | undefined;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) return { line };
    const [whole] = found;
    const { space, line: comment, block, name, number, text: quoted } = found.groups!;
    if (block?.startsWith('/**')) doc = docOf(block);
    if (space === undefined && comment === undefined && block === undefined) {
      const kind = name !== undefined ? 'name' : number !== undefined ? 'number' : quoted !== undefined ? 'text' : 'sign';
      tokens.push({ kind, text: whole, line, ...(doc === undefined ? {} : { doc }) });
      doc = undefined;
    }
    for (const letter of whole) if (letter === '\n') line += 1;
  }
  return tokens;
}

function docOf(block: string): string | undefined {
  const lines = block.slice(3, -2).split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const text = lines.join('\n').trim();
  return text === '' ? undefined : text;
}

/** What a text between quotes stands for. */
export function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs, (_, ...parts: readonly unknown[]) => {
    const code = parts.slice(0, 3).find((part) => typeof part === 'string');
    const letter = typeof parts[3] === 'string' ? parts[3] : '';
    if (typeof code === 'string') return Number.parseInt(code, 16) > 0x10ffff ? '\uFFFD' : String.fromCodePoint(Number.parseInt(code, 16));
    return ESCAPES[letter] ?? letter;
  });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };
