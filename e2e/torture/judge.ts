/**
 * Whether a run kept its promises, from outside: the rows of its file, what it had answered before it was killed, and what it left on the
 * disk. It knows nothing of the store's code; the chain is computed here again.
 */
import { createHash } from 'node:crypto';

export type Row = { readonly seq: number; readonly kind: string; readonly stream: string; readonly version: number; readonly last: number; readonly body: string; readonly hash: Uint8Array };
/** One line that the run has printed: the answer to line `input` of its standard input. */
export type Reply = { readonly input: number; readonly ok: boolean; readonly output?: unknown };
export type Evidence = {
  readonly rows: readonly Row[];
  readonly replies: readonly Reply[];
  /** The lines of the ledger. */
  readonly ledger: readonly string[];
  /** It has been ended in order, by itself or by the run after it. */
  readonly isEnded: boolean;
  /** How many inputs must have been handled: all, where the core lived. */
  readonly mustHandle?: number;
};

type Effect = { readonly request: { readonly text: string } };
type Answer = { readonly ok: boolean; readonly error?: { readonly code: string } };

/** What is wrong, in words; nothing where all is well. */
export function judge(evidence: Evidence): readonly string[] {
  const faults = [...judgeChain(evidence.rows), ...judgeStreams(evidence.rows), ...judgeReplies(evidence), ...judgeEffects(evidence)];
  return evidence.isEnded ? [...faults, ...judgeEnd(evidence)] : faults;
}

function judgeChain(rows: readonly Row[]): readonly string[] {
  let previous: Uint8Array = new Uint8Array(32);
  for (const [index, { seq, kind, stream, version, last, body, hash }] of rows.entries()) {
    if (seq !== index + 1) return [`row ${index + 1} is missing`];
    const expected = createHash('sha256').update(previous).update(JSON.stringify([seq, kind, stream, version, last])).update('\n').update(body).digest();
    if (Buffer.compare(expected, hash) !== 0) return [`the chain breaks at row ${seq}`];
    previous = expected;
  }
  return [];
}

/** No gap in the records of a host's life, none among inputs, and a chunk holds what it says it holds. */
function judgeStreams(rows: readonly Row[]): readonly string[] {
  const faults: string[] = [];
  const next = new Map<string, number>();
  for (const { kind, stream, version, last, body } of rows.filter((row) => row.kind === 'chunk' || row.kind === 'core.event')) {
    const key = `${kind} ${stream}`;
    if (version !== (next.get(key) ?? 1)) faults.push(`${key}: record ${next.get(key) ?? 1} is missing`);
    const held = kind === 'chunk' ? body.trimEnd().split('\n').length : 1;
    if (held !== last - version + 1) faults.push(`${key}: ${held} records where ${version} to ${last} should be`);
    next.set(key, last + 1);
  }
  // Lines count from 1, items of sources from a number of their own.
  for (const ids of [idsOf(rows, 'input.acknowledged').filter((id) => id <= 1e9), idsOf(rows, 'input.acknowledged').filter((id) => id > 1e9)]) {
    const gap = ids.toSorted((a, b) => a - b).find((id, index, all) => index > 0 && id !== all[index - 1]! + 1);
    if (gap !== undefined) faults.push(`input ${gap - 1} is missing`);
  }
  return faults;
}

const idsOf = (rows: readonly Row[], kind: string): readonly number[] => rows.filter((row) => row.kind === kind).map(({ version }) => version);

/** What was answered is on record, as it was answered. */
function judgeReplies({ rows, replies }: Evidence): readonly string[] {
  const settled = new Map(rows.filter(({ kind }) => kind === 'input.settled').map(({ version, body }) => [version, JSON.parse(body) as Reply]));
  const acknowledged = new Set(idsOf(rows, 'input.acknowledged'));
  const seen = new Set<number>();
  return replies.flatMap(({ input, ok, output }) => {
    const kept = settled.get(input);
    const isSecond = seen.has(input);
    seen.add(input);
    if (isSecond) return [`input ${input} was answered twice`];
    if (!acknowledged.has(input)) return [`input ${input} was answered, and is not on record`];
    if (!kept) return [`the answer to input ${input} is not on record`];
    return kept.ok === ok && JSON.stringify(kept.output) === JSON.stringify(output) ? [] : [`input ${input} was answered otherwise than on record`];
  });
}

/** Each line of the ledger follows from an intent on record, and stands there once; what was said to be made stands there. */
function judgeEffects({ rows, ledger }: Evidence): readonly string[] {
  const records = rows.filter(({ kind }) => kind === 'chunk').map(({ body }) => body).join('\n');
  const answers = new Map(rows.filter(({ kind }) => kind === 'effect.settled').map(({ stream, body }) => [stream, JSON.parse(body) as Answer]));
  const lines = new Map<string, number>();
  for (const line of ledger) lines.set(line, (lines.get(line) ?? 0) + 1);
  const faults: string[] = [];
  const intended = new Set<string>();
  for (const { stream: key, body } of rows.filter(({ kind }) => kind === 'effect.intended')) {
    const line = (JSON.parse(body) as Effect).request.text.trimEnd();
    if (intended.has(line)) faults.push(`${line} was intended twice`);
    intended.add(line);
    if (!records.includes(`"key":${JSON.stringify(key)}`)) faults.push(`effect ${key} was intended before its request was on record`);
    if (answers.get(key)?.ok === true && !lines.has(line)) faults.push(`effect ${key} is said to be made, and its line is missing`);
  }
  for (const [line, times] of lines) {
    if (!intended.has(line)) faults.push(`${line} was written without an intent on record`);
    if (times > 1) faults.push(`${line} was written ${times} times`);
  }
  return faults;
}

/** Nothing is left open: each input is answered or counted as unanswered by the end, each intent is answered or unknown. */
function judgeEnd({ rows, mustHandle }: Evidence): readonly string[] {
  const events = rows.filter(({ kind }) => kind === 'core.event').map(({ body }) => (JSON.parse(body) as { readonly event: { readonly type: string } }).event.type);
  const answered = new Set(rows.filter(({ kind }) => kind === 'effect.settled').map(({ stream }) => stream));
  const open = rows.filter(({ kind, stream }) => kind === 'effect.intended' && !answered.has(stream));
  const settled = rows.filter(({ kind }) => kind === 'input.settled').map(({ body }) => JSON.parse(body) as Answer);
  const unhandled = settled.filter(({ ok }) => !ok).length;
  return [
    ...(events.at(-1) === 'run.ended' ? [] : ['the run has no end on record']),
    ...open.map(({ stream }) => `effect ${stream} is neither answered nor unknown`),
    ...(mustHandle !== undefined && settled.length - unhandled !== mustHandle ? [`${settled.length - unhandled} inputs were handled, and ${mustHandle} should have been${unhandled > 0 ? `: ${describeFailures(settled)}` : ''}`] : []),
  ];
}

function describeFailures(settled: readonly Answer[]): string {
  const counts = new Map<string, number>();
  for (const { error } of settled) if (error) counts.set(JSON.stringify(error), (counts.get(JSON.stringify(error)) ?? 0) + 1);
  return [...counts].map(([error, times]) => `${times} times ${error}`).join(', ').slice(0, 600);
}

/** Work that was under way: acknowledged and not settled, or intended and not answered. */
export function countOpen(rows: readonly Row[]): { readonly inputs: number; readonly effects: number } {
  const settled = new Set(idsOf(rows, 'input.settled'));
  const answered = new Set(rows.filter(({ kind }) => kind === 'effect.settled').map(({ stream }) => stream));
  return {
    inputs: idsOf(rows, 'input.acknowledged').filter((id) => !settled.has(id)).length,
    effects: rows.filter(({ kind, stream }) => kind === 'effect.intended' && !answered.has(stream)).length,
  };
}
