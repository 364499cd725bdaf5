/**
 * The world outside a system under test: what sinks put out is taken; models and tools answer from cassettes where those were named, else,
 * like people, what is drawn from all that their protocols allow. Nothing is asked of anybody.
 */
import { CASSETTE_KINDS } from '../../../shared/run/cassette';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import type { Program } from '../../../shared/program/program';
import type { AnswerOrigin, MissingAnswer } from '../../../shared/tests/test-report';
import { simulateEffect, type RecordedAnswers, type SimulatedAnswer } from '../recorded-answers';
import type { CaseAnswers } from './case-answers';
import { AnswerMakers } from './outside-answers';

const CORE_LATENCY_MS = 2;
const NONE_RECORDED: RecordedAnswers = new Map();

/** `words`: why nobody here knows the answer. */
export type Missing = { readonly answer: MissingAnswer; readonly words: string };
export type OutsideAnswer = (SimulatedAnswer & { readonly kind: 'answer'; readonly from?: AnswerOrigin }) | ({ readonly kind: 'missing' } & Missing);

export class Outside {
  readonly #cassettes: RecordedAnswers | undefined;
  readonly #makers: AnswerMakers;

  /** With `cassettes`, what can be recorded is answered from there and from nowhere else. */
  constructor(program: Program, cassettes: RecordedAnswers | undefined) {
    this.#cassettes = cassettes;
    this.#makers = AnswerMakers.of(program);
  }

  /** Draws from `answers`, and notes there what was answered. */
  answer(effect: EffectRequest, answers: CaseAnswers): OutsideAnswer {
    const { key, kind, request } = effect;
    const node = effect.template ?? effect.node;
    const known = simulateEffect(effect, this.#cassettes ?? NONE_RECORDED, CORE_LATENCY_MS);
    if (known?.answer.mode === 'recorded' && known.answer.ok) {
      answers.note(node, known.answer.value);
      return { kind: 'answer', ...known, from: 'recorded' };
    }
    if (known) return { kind: 'answer', ...known };
    const missing = (words: string): OutsideAnswer => ({ kind: 'missing', answer: { node, kind, request }, words });
    if (this.#cassettes && CASSETTE_KINDS.some((one) => one === kind)) return missing(`no cassette answers this request of ${node}`);
    const found = this.#makers.find({ kind, request, node });
    if (!found) return missing(`only ${node} could say what comes next: its protocol says nothing of the answer, so none can be made up`);
    return { kind: 'answer', answer: { key, mode: 'simulated', ok: true, value: answers.draw(node, found) }, afterMs: CORE_LATENCY_MS, items: [], from: 'generated' };
  }
}
