/** A project with two providers of one protocol and a test file for both: `careful` sorts numbers, `hasty` sorts them as words. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const numbers = { type: 'object', properties: { numbers: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 1000 }, maxItems: 6 } }, required: ['numbers'], additionalProperties: false };
const agent = (file: string): object => ({ kind: 'agent', behaviour: { type: 'code', file }, provides: ['Sort'] });
const handler = (line: string): string => `export const Sort = {
  sort({ numbers }: { numbers: number[] }) {
    ${line}
  },
}
`;

export const SORTERS: Readonly<Record<string, string>> = {
  'design.json': JSON.stringify({ format: 'prismatic/1', name: 'sorters', root: 'root', nodes: { root: { kind: 'supervisor', children: ['careful', 'hasty'] }, careful: agent('handlers/careful.ts'), hasty: agent('handlers/hasty.ts') }, wires: [] }, null, 2),
  'protocols/Sort.json': JSON.stringify({ operations: { sort: { kind: 'call', input: numbers, output: numbers, idempotent: true, example: { input: { numbers: [3, 1, 2] }, output: { numbers: [1, 2, 3] } } } } }, null, 2),
  'handlers/careful.ts': handler('return { numbers: numbers.toSorted((a, b) => a - b) }'),
  'handlers/hasty.ts': handler('return { numbers: numbers.toSorted() }'),
  'tests/sort.ts': `import { inOrder } from '../handlers/order'

export const Sort = {
  async 'the answer is in order'(t: { any: (what: string) => Promise<{ numbers: number[] }>; call: (operation: string, input: object) => Promise<{ numbers: number[] }>; equal: (a: unknown, b: unknown) => void }) {
    const { numbers } = await t.any('sort')
    t.equal((await t.call('sort', { numbers })).numbers, inOrder(numbers))
  },
}
`,
  'handlers/order.ts': `export const inOrder = (numbers: number[]): number[] => [...numbers].sort((a, b) => a - b)\n`,
};

export function writeProject(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}
