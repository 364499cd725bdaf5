/** Whatever a model says: every call ends exactly once, after at most `maxSteps` questions, and only what is said to be a crash is one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../../shared/json/json';
import type { ModelRequest } from '../../shared/run/model-request';
import { deskProgram } from './testing/model-program';
import { ModelRun, type MadeAnswer } from './testing/model-run';

const SEED = 20_261_126;
const jsonValue = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const garbage = fc.oneof(fc.string(), fc.constantFrom('{', '{"topic":', '{"topic":"a","topic":"b"}', '{"__proto__":{"topic":"a"}}', '```json\n{"topic":1}\n```', '{"topic":"a"}', '[]', 'null'));
const toolCall = fc.record({ id: fc.constantFrom('', 'a', 'b'), name: fc.constantFrom('sums_add', 'sums_take', 'model_complete', '__proto__', ''), input: fc.oneof(jsonValue, fc.record({ a: fc.integer(), b: fc.integer() })) });
const usage = fc.record({ inputTokens: fc.nat(1000), outputTokens: fc.nat(1000) });
const wellMade = fc.record({ text: garbage, toolCalls: fc.array(toolCall, { maxLength: 70 }), output: jsonValue, finish: fc.constantFrom('stop', 'length', 'toolCalls', 'other'), usage, costUsd: fc.option(fc.double({ min: 0, max: 1, noNaN: true })), model: fc.string() }, { requiredKeys: ['text', 'toolCalls', 'finish', 'usage', 'costUsd', 'model'] });
const endless: fc.Arbitrary<Json> = fc.constant({ text: '', toolCalls: [{ id: 'a', name: 'sums_add', input: { a: 1, b: 2 } }], finish: 'toolCalls', usage: { inputTokens: 1, outputTokens: 1 }, costUsd: null, model: 'm' });
const value = fc.oneof({ arbitrary: wellMade, weight: 4 }, { arbitrary: endless, weight: 3 }, { arbitrary: jsonValue, weight: 2 });
const code = fc.constantFrom('RateLimited', 'Unavailable', 'Refused', 'timeout', 'overloaded', 'invalid', 'unknown', 'TooManySteps');
const afterMs = fc.constantFrom(1, 1, 1, 700, 6000);
const made: fc.Arbitrary<MadeAnswer | undefined> = fc.oneof(
  { arbitrary: fc.record({ ok: fc.constant(true as const), value, afterMs }), weight: 8 },
  { arbitrary: fc.record({ ok: fc.constant(false as const), error: fc.record({ code, message: fc.string() }), afterMs }), weight: 2 },
  { arbitrary: fc.constant(undefined), weight: 1 },
);
const plan = fc.record({
  answers: fc.array(made, { minLength: 1, maxLength: 12 }),
  maxSteps: fc.integer({ min: 1, max: 5 }),
  repairs: fc.integer({ min: 0, max: 5 }),
  inFlight: fc.integer({ min: 1, max: 3 }),
  memory: fc.option(fc.record({ turns: fc.integer({ min: 1, max: 2 }) })),
  budget: fc.option(fc.record({ tokens: fc.integer({ min: 1, max: 3000 }), perMs: fc.integer({ min: 1, max: 5000 }) })),
  operations: fc.array(fc.constantFrom('classify', 'strict', 'note'), { minLength: 1, maxLength: 5 }),
});

const FIT: MadeAnswer = { ok: true, value: { text: '{"topic":"end"}', toolCalls: [], finish: 'stop', usage: { inputTokens: 1, outputTokens: 0 }, costUsd: null, model: 'm' } };

/** Reasons that are said: an error that the operation does not declare, or an answer that does not come about. */
const SAID = /^crash: Triage\.(strict|note|classify): (RateLimited|Unavailable|Refused|invalid|unknown|TooManySteps|InvalidAnswer): /;

it(`any answers of a model (seed ${SEED})`, () => {
  fc.assert(
    fc.property(plan, ({ answers, operations, memory, budget, ...bounds }) => {
      let next = 0;
      let isSane = false;
      const behaviour = { provider: 'local', model: 'm', ...bounds, ...(memory ? { memory } : {}), ...(budget ? { budget } : {}) };
      const run = new ModelRun(deskProgram({ behaviour }), () => (isSane ? FIT : answers[next++ % answers.length]));
      const ids = operations.map((operation) => ({ operation, id: run.ask('desk', 'Triage', operation, { text: 'a' }) }));
      run.goOn(400_000);
      for (const { id } of ids) expect(run.endsOf(id).length).toBe(1);
      const steps = new Map<string, number>();
      for (const { key } of run.effects) {
        const input = key.split('/')[0]!;
        steps.set(input, (steps.get(input) ?? 0) + 1);
      }
      for (const count of steps.values()) expect(count).toBeLessThanOrEqual(bounds.maxSteps);
      for (const { request } of run.effects) expect((request as unknown as ModelRequest).timeoutMs).toBeGreaterThan(0);
      for (const reason of run.exits('desk')) expect(reason).toMatch(SAID);
      for (const end of run.settled) if (end.ok && ids.find(({ id }) => id === end.id)!.operation !== 'note') expect(end.output).toEqual({ topic: expect.any(String) as unknown });
      // Nobody else fell, and nothing is left open: once the model says what fits, the next message is answered.
      expect(run.events.filter((event) => event.type === 'process.exited').length).toBe(run.exits('desk').length);
      isSane = true;
      const last = run.ask('desk', 'Triage', 'classify', { text: 'b' });
      run.goOn(400_000);
      expect(run.endsOf(last)).toMatchObject([{ ok: true, output: { topic: 'end' } }]);
    }),
    { seed: SEED, numRuns: 250 },
  );
}, 120_000);
