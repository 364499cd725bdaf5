/**
 * How long a message from outside waits for its answer: no wire leads to it from there, so what the drawing says of the node's time counts.
 * As long as the most patient wire to the node; where none has a timeout, as long as its own calls may take, one after the other. Never
 * shorter than a call without a timeout guard.
 */
import { DEFAULT_CALL_TIMEOUT_MS } from '../run/call-failure';
import type { Program, ProgramWire } from './program';

const LONGEST_MS = 86_400_000;
/** A stranger's design may have routers in a row without end. */
const MOST_ROUTERS = 16;

/** In milliseconds, from 5000 to a day. */
export function outsideTimeoutMs(program: Program, node: string): number {
  return Math.min(Math.max(patienceOf(program, node, new Set()), DEFAULT_CALL_TIMEOUT_MS), LONGEST_MS);
}

function patienceOf(program: Program, node: string, seen: ReadonlySet<string>): number {
  if (seen.has(node) || seen.size >= MOST_ROUTERS) return 0;
  const asked = longest(program.wires.filter(({ to }) => to === node).map(timeOn));
  const found = Object.hasOwn(program.nodes, node) ? program.nodes[node] : undefined;
  if (asked > 0 || !found) return asked;
  const own = program.wires.filter(({ from }) => from.node === node);
  // A router asks one of many, or all at once.
  if (found.kind === 'router') return longest(own.map((wire) => Math.max(timeOn(wire), patienceOf(program, wire.to, new Set([...seen, node])))));
  const ports = [...new Set(own.map(({ from }) => from.port))];
  const calls = ports.reduce((sum, port) => sum + longest(own.filter(({ from }) => from.port === port).map(timeOn)), 0);
  // Whoever stands in for a person is asked when the person's time is over.
  return found.kind === 'human' ? found.deadlineMs + Math.max(calls, DEFAULT_CALL_TIMEOUT_MS) : calls;
}

/** 0 without a timeout guard. Attempts that each have their time have it one after the other. */
function timeOn({ guards }: Pick<ProgramWire, 'guards'>): number {
  const whole = guards.toReversed().reduce((ms, guard) => (guard.kind === 'timeout' ? Math.min(ms, guard.ms) : guard.kind === 'retry' ? ms * guard.attempts : ms), Infinity);
  return Number.isFinite(whole) ? whole : 0;
}

const longest = (times: readonly number[]): number => times.reduce((most, ms) => Math.max(most, ms), 0);
