import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OracleCase, TraceEvent } from './oracle/case';
import { runVirtually } from './oracle/virtual-run';

type Tools = {
  readonly compareTraces: (expected: readonly TraceEvent[], actual: readonly TraceEvent[], one: OracleCase) => { readonly message: string } | null;
  readonly parseTrace: (text: string) => readonly TraceEvent[];
};
const folder = new URL('./oracle/', import.meta.url);
const { compareTraces } = (await import(new URL('compare.mjs', folder).href)) as Tools;
const { parseTrace } = (await import(new URL('canon.mjs', folder).href)) as Tools;
const names = readdirSync(new URL('cases/', folder)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
const read = (name: string): string => readFileSync(new URL(`cases/${name}`, folder), 'utf8');

describe("the supervisor gives OTP's own trace", () => {
  it('for all public cases, of which there are 43', () => expect(names).toHaveLength(43));

  it.each(names)('%s', (name) => {
    const one = JSON.parse(read(`${name}.json`)) as OracleCase;
    const difference = compareTraces(parseTrace(read(`${name}.trace.jsonl`)), runVirtually(one), one);
    expect(difference?.message).toBeUndefined();
  });
});
