/** The slow model of a supervisor: held against OTP's own traces, then the fast supervisor against it in cases no Erlang has seen. */
import { readdirSync, readFileSync } from 'node:fs';
import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { OracleCase, TraceEvent } from './oracle/case';
import { runModel } from './oracle/model';
import { runVirtually } from './oracle/virtual-world';
import { caseArbitrary } from './testing/case-arbitrary';

type Canon = { readonly canonicalise: (events: readonly TraceEvent[], one: OracleCase) => readonly TraceEvent[]; readonly formatTrace: (events: readonly TraceEvent[]) => string };
const folder = new URL('./oracle/', import.meta.url);
const { canonicalise, formatTrace } = (await import(new URL('canon.mjs', folder).href)) as Canon;
const names = ['cases', 'more'].flatMap((cases) => readdirSync(new URL(`${cases}/`, folder)).filter((name) => name.endsWith('.json')).map((name) => `${cases}/${name.slice(0, -5)}`));
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
const textOf = (events: readonly TraceEvent[], one: OracleCase): string => formatTrace(canonicalise(events, one));

describe("the slow model gives OTP's own trace", () => {
  it.each(names)('%s', (name) => {
    const one = JSON.parse(read(`${name}.json`)) as OracleCase;
    expect(textOf(runModel(one), one)).toBe(read(`${name}.trace.jsonl`));
  });
});

describe('the supervisor does what the slow model does', () => {
  test.prop([caseArbitrary], { seed: 20261126, numRuns: 600 })('in 600 random cases', async (one) => {
    expect(textOf(await runVirtually(one), one)).toBe(textOf(runModel(one), one));
  });
});
