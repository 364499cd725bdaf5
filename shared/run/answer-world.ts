/**
 * What stood behind an answer: the worst of what is known of it. An effect says how it was made; a node for which a mock stands in makes
 * none and leaves no record, so of an answer that may have come by way of one it is said that it may have.
 */
import type { EffectMode } from '../journal/record';
import type { Program } from '../program/program';

/** `mayBeMocked`: nodes that are mocked in the run and can be reached from who answered; whether one of them was asked is not on record. */
export type AnswerWorld = { readonly mode: EffectMode; readonly mayBeMocked: readonly string[] };

/** The further to the right, the less it says of the live world. */
const ORDER: readonly EffectMode[] = ['live', 'recorded', 'simulated', 'mocked'];
export const worseMode = (one: EffectMode, other: EffectMode): EffectMode => (ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other);

/** An effect's key begins with the outside message that it follows from (`12/desk/1`); one of a process's own with its pid. */
export const originOfKey = (key: string): string => key.slice(0, Math.max(0, key.indexOf('/')));

/** Nodes with a mock among those that a call of `node` may reach: by wires, their fallbacks, and routers. With `node` itself, where it has one. */
export function listMocksBehind({ wires, mocks = {} }: Pick<Program, 'wires' | 'mocks'>, node: string): readonly string[] {
  const seen = new Set<string>([node]);
  const ahead = [node];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    // Whoever is mocked asks nobody.
    if (Object.hasOwn(mocks, at)) continue;
    for (const { from, to, guards } of wires) {
      if (from.node !== at) continue;
      for (const end of [to, ...guards.flatMap((guard) => (guard.kind === 'fallback' && guard.to !== undefined ? [guard.to] : []))]) {
        if (seen.has(end)) continue;
        seen.add(end);
        ahead.push(end);
      }
    }
  }
  return [...seen].filter((id) => Object.hasOwn(mocks, id));
}

/** `modes`: of the effects that were made for it. */
export function worldOfAnswer(program: Pick<Program, 'wires' | 'mocks'>, node: string, modes: Iterable<EffectMode>): AnswerWorld {
  const behind = listMocksBehind(program, node);
  const isItself = behind.includes(node);
  let mode: EffectMode = isItself ? 'mocked' : 'live';
  for (const one of modes) mode = worseMode(mode, one);
  return { mode, mayBeMocked: isItself ? [] : behind };
}
