import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCase, type OracleCase, type TraceEvent } from './oracle/case';
import { runVirtually } from './oracle/virtual-world';

type Canon = {
  readonly canonicalise: (events: readonly TraceEvent[], one: OracleCase) => readonly TraceEvent[];
  readonly formatTrace: (events: readonly TraceEvent[]) => string;
  readonly parseTrace: (text: string) => readonly TraceEvent[];
};
type Compare = { readonly compareTraces: (expected: readonly TraceEvent[], actual: readonly TraceEvent[], one: OracleCase) => { readonly message: string } | null };

const folder = new URL('./oracle/', import.meta.url);
const { compareTraces } = (await import(new URL('compare.mjs', folder).href)) as Compare;
const { canonicalise, formatTrace, parseTrace } = (await import(new URL('canon.mjs', folder).href)) as Canon;
const namesIn = (cases: string): readonly string[] => readdirSync(new URL(cases, folder)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

function readCase(path: string): OracleCase {
  const parsed = parseCase(read(`${path}.json`));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

describe.each([
  ['cases', 43],
  ['more', 64],
])("the supervisor gives OTP's own trace for all of oracle/%s", (cases, count) => {
  const names = namesIn(`${cases}/`);

  it(`of which there are ${count}`, () => expect(names).toHaveLength(count));

  it.each(names)('%s', async (name) => {
    const one = readCase(`${cases}/${name}`);
    const expected = read(`${cases}/${name}.trace.jsonl`);
    const actual = await runVirtually(one);
    // In words first, where they differ; then to the byte, keys in OTP's order included.
    expect(compareTraces(parseTrace(expected), actual, one)?.message).toBeUndefined();
    expect(formatTrace(canonicalise(actual, one))).toBe(expected);
  });
});
