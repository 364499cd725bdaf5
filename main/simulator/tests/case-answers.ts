/**
 * What the world outside answers in one case: each answer is drawn when it is asked for, and noted, so that the case can be played again
 * in another system and told to a person.
 */
import * as fc from 'fast-check';
import type { Json } from '../../../shared/json/json';
import type { GivenAnswer } from '../../../shared/tests/test-report';
import type { Generate } from './drawer';
import type { Maker } from './outside-answers';
import { seedOf } from './seed-of';

/** `key`: of what could have been answered instead. Absent: it was recorded. */
export type Noted = Omit<GivenAnswer, 'call'> & { readonly key?: string };

export class CaseAnswers {
  readonly #generate: Generate;
  readonly #known: Noted[];
  /** In the order in which they were given. */
  readonly given: Noted[] = [];

  /** `known`: from when it was played before; it answers again as long as the same is asked. */
  constructor(generate: Generate, known: readonly Noted[] = []) {
    this.#generate = generate;
    this.#known = known.filter(({ from }) => from === 'generated');
  }

  draw(node: string, { key, maker }: { readonly key: string; readonly maker: Maker }): Json {
    const known = this.#known[0]?.key === key && this.#known[0].node === node ? this.#known.shift() : undefined;
    const answer = known ? known.answer : this.#generate(maker);
    this.given.push({ node, from: 'generated', answer, key });
    return answer;
  }

  note(node: string, answer: Json): void {
    this.given.push({ node, from: 'recorded', answer });
  }
}

/** For what is asked outside of a case, such as while a system starts: the same in each system of that seed. */
export function seededGenerate(seed: number): Generate {
  let count = 0;
  return (maker) => fc.sample(maker(), { seed: seedOf(seed, `outside ${(count += 1)}`), numRuns: 1 })[0]!;
}
