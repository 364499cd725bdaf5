/** A scenario, `scenarios/outage.json`: load, faults and expectations of a simulated run. */
import { z } from 'zod';
import { anyJson } from '../json/json-schema';
import { mock } from '../run/mock';
import { ruled } from './field-rule';

export const SCENARIO_FORMAT = 'prismatic-scenario/1';
export const FAULT_KINDS = ['crash', 'killHost'] as const;

/** A year of virtual time. */
const LATEST_MS = 31_536_000_000;
const timeField = ruled(z.int().min(0).max(LATEST_MS).describe('When, in milliseconds since the beginning of the run.'), { code: 'SCN007', because: 'a time is in whole milliseconds from 0 to a year', fix: 'Write it like 1000.' });
const shape = (because: string, fix: string) => ({ code: 'SCN007', because, fix }) as const;

/** The same shape as a line of `--input` (contract section 5). */
export const loadLine = z.object({
  to: z.string().describe('Id of the node that it goes to.'),
  /** May be missing where only one protocol of the node has the operation. */
  protocol: z.string().optional().describe('May be missing where only one protocol of the node has the operation.'),
  operation: z.string().describe('Operation that is called.'),
  input: anyJson.default(null).describe('What is sent.'),
  atMs: timeField.default(0),
});
export type LoadLine = z.infer<typeof loadLine>;

const faultShape = shape('a fault has a time, a kind and what it hits', 'Write it like { "atMs": 1000, "kind": "crash", "node": "desk" }.');
const target = (meaning: string) => ruled(z.string().describe(meaning), faultShape);

export const fault = ruled(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('crash'), atMs: timeField, node: target('Node that crashes.'), reason: ruled(z.string().max(500).optional().describe('Reason of the crash as its supervisor sees it.'), shape('a reason is text of at most 500 characters', 'Shorten it, or leave it out.')) }),
    z.object({ kind: z.literal('killHost'), atMs: timeField, host: target('Host that is lost: `main`, or the id of an isolated node.') }),
  ]),
  // What is wrong with a fault itself, and is a text, is its kind.
  (got) => (typeof got === 'string' ? { code: 'SCN002', because: `this version injects the faults ${FAULT_KINDS.join(' and ')}`, fix: 'Use { "atMs": 1000, "kind": "crash", "node": "desk" }.' } : faultShape),
);
export type Fault = z.infer<typeof fault>;

/** Which kinds there are is the simulator's business; one that it does not know gives the verdict `unknown`. */
export const expectation = z.looseObject({ name: z.string().min(1).max(200).describe('Your own word for it.'), kind: z.string().min(1).describe('What is judged.') });
export type Expectation = z.infer<typeof expectation>;

export const scenarioFile = z.object({
  format: z.string().describe('`prismatic-scenario/1`.'),
  doc: z.string().optional().describe('Words for people.'),
  load: ruled(z.array(loadLine).default([]).describe('What comes from outside, beside the design’s own sources.'), shape('load is a list of input lines', 'Write it like [{ "to": "desk", "operation": "classify", "input": {} }].')),
  faults: ruled(z.array(fault).default([]).describe('What breaks, and when.'), faultShape),
  expectations: ruled(z.array(expectation).default([]).describe('What must hold at the end.'), shape('an expectation has a name and a kind', 'Write it like { "name": "all answered", "kind": "nothingLost" }.')),
  mocks: ruled(z.record(z.string(), mock).optional().describe('What stands in for nodes: node -> mock, as in `prismatic-mock/1`. A person is asked nothing in virtual time, so a human is answered for here.'), shape('mocks gives nodes what stands in for them', 'Write it like { "editor": { "kind": "scripted", "rules": [{ "reply": { "isGood": true } }] } }.')),
  untilMs: ruled(timeField.optional().describe('Where the simulation ends, in virtual milliseconds; without it when all is drained, or after 60 s.'), shape('untilMs is a time in whole milliseconds', 'Write it like 60000, or leave it out.')),
});
export type Scenario = z.infer<typeof scenarioFile>;
