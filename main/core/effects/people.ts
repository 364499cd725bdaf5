/**
 * Effect kind `human`: what people are asked waits here until one answers, its deadline passes, or the run is over. Once there is an answer it
 * is on record, and given again whenever the same is asked again.
 */
import { failed, ok, type Result } from '../../../shared/errors/result';
import { nearest } from '../../../shared/errors/nearest';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import type { HumanAnswer, HumanRequest } from '../../../shared/run/human-request';
import { mismatchOf } from '../../../shared/schema/fits-schema';
import { formatMismatch } from '../../../shared/schema/validate-value';
import type { CoreWorld } from '../core-world';
import { done, notDone, type EffectOutcome, type EffectPerformer } from './perform-effect';

/** A request that waits for a person. Times are Unix ms. */
export type Question = { readonly key: string; readonly node: string; readonly request: HumanRequest; readonly askedAtUnixMs: number; readonly deadlineAtUnixMs: number };

export type PeopleOptions = {
  readonly world: CoreWorld;
  /** Whether somebody can answer at all; else every question is late at once, since its deadline could bring nothing. */
  readonly isAttended: boolean;
  readonly onChange: () => void;
};

/** How long after its asker is gone a question stays: a new engine, or a restarted node, asks again well within it. */
const ASKED_AGAIN_WITHIN_MS = 30_000;
/** The record of an end is heard of when it is on disk, which may be after who came next has asked again. */
const HEARD_LATE_MS = 5000;

/** `isAsked`: somebody waits for the answer, as far as is known. */
type Waiting = { readonly question: Question; readonly settle: (outcome: EffectOutcome) => void; readonly withdraw: () => void; isAsked: boolean; askedAgainAtMs: number };

export class People implements EffectPerformer {
  /** One that nobody answered may be asked again; an answer is an answer. */
  readonly isRepeatable = true;
  readonly isOutput = false;
  readonly #options: PeopleOptions;
  readonly #waiting = new Map<string, Waiting>();

  constructor(options: PeopleOptions) {
    this.#options = options;
  }

  /** In the order in which they were asked. */
  get questions(): readonly Question[] {
    return [...this.#waiting.values()].map(({ question }) => question);
  }

  perform(effect: EffectRequest, signal: AbortSignal): Promise<EffectOutcome> {
    const { world, isAttended, onChange } = this.#options;
    // Checked where it came in (engine-messages.ts).
    const request = effect.request as unknown as HumanRequest;
    if (!isAttended) return Promise.resolve(notDone(effect, 'timeout', `nobody is here to answer ${request.operation} for ${effect.node}`));
    const askedAtUnixMs = world.unixMs();
    const question: Question = { key: effect.key, node: effect.node, request, askedAtUnixMs, deadlineAtUnixMs: askedAtUnixMs + request.deadlineMs };
    return new Promise((resolve) => {
      const settle = (outcome: EffectOutcome): void => {
        if (!this.#waiting.delete(effect.key)) return;
        timer.cancel();
        signal.removeEventListener('abort', giveUp);
        resolve(outcome);
        onChange();
      };
      const giveUp = (): void => settle(notDone(effect, 'noconnection', 'the run ended before anybody answered'));
      const timer = world.setTimer(request.deadlineMs, () => settle(notDone(effect, 'timeout', `nobody answered ${request.operation} for ${effect.node} within ${Math.round(request.deadlineMs)} ms`)));
      const withdraw = (): void => settle(notDone(effect, 'noconnection', 'whoever asked is gone'));
      this.#waiting.set(effect.key, { question, settle, withdraw, isAsked: true, askedAgainAtMs: -Infinity });
      signal.addEventListener('abort', giveUp);
      onChange();
    });
  }

  /** A node is gone, or, without a name, all are: what it asked is taken back unless it is asked again soon. */
  left(node?: string): void {
    for (const waiting of this.#waiting.values()) {
      const isOlder = this.#options.world.nowMs() - waiting.askedAgainAtMs < HEARD_LATE_MS;
      if (isOlder || (node !== undefined && waiting.question.node !== node)) continue;
      waiting.isAsked = false;
      this.#options.world.setTimer(ASKED_AGAIN_WITHIN_MS, () => {
        if (!waiting.isAsked) waiting.withdraw();
      });
    }
  }

  /** A later attempt waits under a key of its own (`<key>~2`). */
  askedAgain({ key }: EffectRequest): void {
    for (const [waits, waiting] of this.#waiting) {
      if (waits !== key && !waits.startsWith(`${key}~`)) continue;
      waiting.isAsked = true;
      waiting.askedAgainAtMs = this.#options.world.nowMs();
    }
  }

  /** Fails with HUM006 where it does not wait any more, with HUM007 or HUM008 where the answer does not fit; it then goes on waiting. */
  answer(key: string, answer: HumanAnswer): Result<null> {
    const waiting = this.#waiting.get(key);
    if (!waiting) return failed({ code: 'HUM006', message: 'this request is not waiting any more: it was answered, or its time is over', fix: 'Look at the list again.' });
    const { request } = waiting.question;
    if ('error' in answer) {
      const { name } = answer.error;
      const found = nearest(name, request.errors);
      if (!request.errors.includes(name)) return failed({ code: 'HUM008', message: `${request.operation} declares no error ${name}`, fix: found === undefined ? `Use one of ${request.errors.join(', ') || 'none: it declares no errors'}.` : `Did you mean ${found}?` });
    } else {
      const mismatch = mismatchOf(request.output, answer.output);
      if (mismatch) return failed({ code: 'HUM007', message: `the answer does not fit ${request.operation}: ${formatMismatch(mismatch)}`, fix: 'Answer what the protocol says.' });
    }
    waiting.settle(done(answer));
    return ok(null);
  }
}
