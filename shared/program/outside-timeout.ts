/**
 * How long a message from outside waits for its answer: no wire leads to it from there, so what the drawing says of the node's time counts.
 * As long as the most patient wire to the node; where none has a timeout, as long as its own calls may take, one after the other. Never
 * shorter than a call without a timeout guard.
 */
import { DEFAULT_CALL_TIMEOUT_MS } from '../run/call-failure';
import type { Program, ProgramWire } from './program';

const LONGEST_MS = 86_400_000;

/** Asked for each message that comes in. Programs are frozen. */
const known = new WeakMap<Program, Map<string, number>>();

/** In milliseconds, from 5000 to a day. */
export function outsideTimeoutMs(program: Program, node: string): number {
  const times = known.get(program) ?? new Map<string, number>();
  known.set(program, times);
  return Math.min(Math.max(patienceOf(program, node, times), DEFAULT_CALL_TIMEOUT_MS), LONGEST_MS);
}

/** `times`: of nodes that have been looked at, each once; what a stranger draws of routers has 2^n ways, and may lead back to itself. */
function patienceOf(program: Program, node: string, times: Map<string, number>): number {
  const before = times.get(node);
  if (before !== undefined) return before;
  times.set(node, 0);
  const ms = timeOf(program, node, times);
  times.set(node, ms);
  return ms;
}

function timeOf(program: Program, node: string, times: Map<string, number>): number {
  const asked = longest(program.wires.filter(({ to }) => to === node).map(timeOn));
  const found = Object.hasOwn(program.nodes, node) ? program.nodes[node] : undefined;
  if (asked > 0 || !found) return asked;
  const own = program.wires.filter(({ from }) => from.node === node);
  // A router asks one of many, or all at once.
  if (found.kind === 'router') return longest(own.map((wire) => Math.max(timeOn(wire), patienceOf(program, wire.to, times))));
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
