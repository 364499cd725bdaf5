/** The project that is tortured: two workers behind a router, one with a host of its own, a desk that calls them, a ledger on the disk. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Items of the design's own source; lines of `--input` come beside them. */
export const ITEMS = 120;

const work = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false };
const item = { type: 'object', properties: { line: { type: 'integer' }, text: { type: 'string' } }, required: ['line', 'text'] };

const design = {
  format: 'prismatic/1',
  name: 'tortured',
  root: 'root',
  nodes: {
    // Engines are lost far more often than in life; none of these losses is to end the run.
    root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 1000, maxSeconds: 1, children: ['ledger', 'near', 'far', 'route', 'desk', 'items'] },
    ledger: { kind: 'sink', behaviour: { type: 'file', path: 'ledger.jsonl' }, provides: ['Ledger'] },
    near: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/worker.ts' }, provides: ['Work'], requires: { ledger: 'Ledger' } },
    far: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/worker.ts' }, provides: ['Work'], requires: { ledger: 'Ledger' }, isolated: true },
    route: { kind: 'router', strategy: 'round_robin', provides: ['Work'], requires: { out: 'Work' } },
    desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' }, provides: ['Desk'], requires: { route: 'Work' } },
    // A call that was under way in a lost engine is made again by the core; one that fails within an engine, by the source.
    items: { kind: 'source', behaviour: { type: 'file', path: 'data/items.txt' }, requires: { out: 'Desk' }, operation: 'take', inFlight: 16 },
  },
  wires: [
    { from: 'near.ledger', to: 'ledger' },
    { from: 'far.ledger', to: 'ledger' },
    { from: 'route.out', to: 'near' },
    { from: 'route.out', to: 'far' },
    { from: 'desk.route', to: 'route', guards: [{ kind: 'timeout', ms: 60_000 }] },
    { from: 'items.out', to: 'desk', guards: [{ kind: 'timeout', ms: 60_000 }] },
  ],
};

const FILES: Readonly<Record<string, string>> = {
  'design.json': JSON.stringify(design),
  'protocols/Work.json': JSON.stringify({ operations: { do: { kind: 'call', input: work, output: work } } }),
  'protocols/Ledger.json': JSON.stringify({ operations: { write: { kind: 'call', input: work, output: { type: 'null' } } } }),
  'protocols/Desk.json': JSON.stringify({ operations: { take: { kind: 'call', input: item, output: work } } }),
  'handlers/worker.ts': `export const Work = {
  async do({ id }, self) {
    self.state.count = (self.state.count ?? 0) + 1;
    await self.use.ledger.write({ id });
    return { id };
  },
};
`,
  'handlers/desk.ts': `export const Desk = { take: ({ text }, self) => self.use.route.do({ id: text }) };
`,
  'data/items.txt': Array.from({ length: ITEMS }, (_, index) => `item-${index + 1}\n`).join(''),
};

export function writeTortured(dir: string): void {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}
