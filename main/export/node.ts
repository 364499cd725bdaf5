/** Target `node`: program, code of the engine room, and the person's own files, flat in one folder (contract section 5). */
import { GRANTS_FORMAT, type Grant } from '../../shared/design/grants';
import { missingGrants, neededGrants } from '../../shared/program/needed-grants';
import type { Program } from '../../shared/program/program';

export type NodeExport = {
  readonly program: Program;
  /** What the person who exports it has confirmed: its runs have that, where they are given no other file. */
  readonly grants: readonly Grant[];
  /** `main.mjs`, `engine.mjs`, `host.mjs` of the build. */
  readonly code: ReadonlyMap<string, Uint8Array>;
  /** Handlers, prompts and data of the project, by path. */
  readonly own: ReadonlyMap<string, Uint8Array>;
  readonly licences: Uint8Array;
};

/** Tells an export of ours from a folder that holds something else. */
export const EXPORT_MARK = 'prismaticExport';

const text = new TextEncoder();
const json = (value: unknown): Uint8Array => text.encode(`${JSON.stringify(value, null, 2)}\n`);

export function nodeBundle({ program, grants, code, own, licences }: NodeExport): ReadonlyMap<string, Uint8Array> {
  const manifest = { name: program.name.toLowerCase().replace(/[^a-z0-9-]+/g, '-'), version: '1.0.0', private: true, type: 'module', main: 'main.mjs', engines: { node: '>=24' }, scripts: { start: 'node main.mjs' }, [EXPORT_MARK]: program.hash };
  return new Map([
    ...own,
    ...code,
    ['program.json', text.encode(`${JSON.stringify(program)}\n`)],
    ['grants.json', json({ format: GRANTS_FORMAT, program: program.hash, grants })],
    ['package.json', json(manifest)],
    ['README.md', text.encode(readme(program, grants))],
    ['LICENSES.txt', licences],
  ]);
}

function wordGrants(program: Program, grants: readonly Grant[]): string {
  if (neededGrants(program).length === 0) return '';
  const missing = missingGrants(program, grants);
  const wants = missing.length === 0 ? 'What it may do there is in `grants.json`' : '`node main.mjs` prints what it wants for that beyond `grants.json`';
  return `
It reaches beyond its folder. ${wants}; \`node main.mjs --grant <file>\` runs it with other grants. Models are
asked of your own providers, in \`providers.json\` of your data folder.
`;
}

const readme = (program: Program, grants: readonly Grant[]): string => readmeOf(program, wordGrants(program, grants));
const readmeOf = ({ name, hash, nodes }: Program, grants: string): string => `# ${name}

Exported by Prismatic Studio. It needs Node 24 or newer, and nothing else.

    node main.mjs
    node main.mjs --help

It has ${Object.keys(nodes).length} nodes; the program is ${hash}. What runs is \`program.json\`; the handlers beside it are the files it was made
from, to read. Handlers run in the same sandbox as in the Studio. Runs are kept in your data folder (\`--data-dir\`), what sinks write goes to
\`.prismatic/out\` (\`--out\`).
${grants}`;
