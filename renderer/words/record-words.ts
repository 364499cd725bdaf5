/** Journal records in words, for the Run panel and the Timeline. */
import type { JournalRecord } from '../../shared/journal/record';

export type RecordWords = {
  /** Groups of the filter. */
  readonly group: 'lifecycle' | 'restart' | 'host' | 'input' | 'effect' | 'output' | 'failure' | 'log' | 'operator' | 'run';
  readonly kind: string;
  /** Node, host or ends of a call. */
  readonly where: string;
  readonly detail: string;
  readonly tone: 'plain' | 'warn' | 'bad';
};

const say = (group: RecordWords['group'], kind: string, where: string, detail = '', tone: RecordWords['tone'] = 'plain'): RecordWords => ({ group, kind, where, detail, tone });
const LONGEST = 160;
const short = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
};
const isOrderly = (reason: string): boolean => reason === 'normal' || reason === 'shutdown' || reason.startsWith('{shutdown');

export function wordRecord(record: JournalRecord): RecordWords {
  switch (record.type) {
    case 'host.started':
      return say('host', 'host up', record.host, record.life === 1 ? '' : `life ${record.life}`);
    case 'host.lost':
      return say('host', 'host lost', record.host, record.reason, 'bad');
    case 'process.started':
      return say('lifecycle', 'started', record.node, record.incarnation === 1 ? '' : `incarnation ${record.incarnation}`);
    case 'process.startFailed':
      return say('lifecycle', 'start failed', record.node, record.reason, 'bad');
    case 'process.exited':
      return say('lifecycle', 'exited', record.node, short(record.reason), isOrderly(record.reason) ? 'plain' : 'bad');
    case 'supervisor.restarting':
      return say('restart', 'restarting', record.node, `${record.child} exited; ${record.scope.join(', ')} start again, ${record.count} of ${record.max}`, 'warn');
    case 'supervisor.gaveUp':
      return say('restart', 'gave up', record.node, 'its intensity is used up', 'bad');
    case 'input.received':
      return say('input', 'input', record.node, `#${record.id} ${record.protocol === undefined ? '' : `${record.protocol}.`}${record.operation} ${short(record.value)}`);
    case 'batch.received':
      return say('host', 'batch', record.host, `${record.batch} from ${record.from}`);
    case 'timer.due':
      return say('input', 'timer', record.pid, `timer ${record.timer}`);
    case 'effect.requested':
      return say('effect', 'effect asked', record.node, `${record.kind} ${short(record.request)}`);
    case 'effect.item':
      return say('effect', 'effect piece', record.key, short(record.value));
    case 'effect.abandoned':
      return say('effect', 'effect given up', record.key, '');
    case 'effect.settled':
      return say('effect', record.ok ? 'effect made' : 'effect failed', record.key, record.ok ? `${record.mode}${record.value === undefined || record.value === null ? '' : `: ${short(record.value)}`}` : short(record.error), record.ok ? 'plain' : 'bad');
    case 'call.failed':
      return say('failure', 'call failed', `${record.from} → ${record.to}`, record.code, 'warn');
    case 'call.abandoned':
      return say('failure', 'call abandoned', `${record.from} → ${record.to}`, '', 'warn');
    case 'message.dropped':
      return say('failure', 'dropped', record.node, `${record.count} ${record.count === 1 ? 'message' : 'messages'}: ${record.reason.replaceAll('_', ' ')}`, 'warn');
    case 'message.sent':
      return say('lifecycle', 'sent', `${record.from} → ${record.to}`, record.operation);
    case 'message.handled':
      return say('lifecycle', 'handled', record.node, record.operation);
    case 'guard.changed':
      return say('failure', `guard ${record.guard}`, record.wire, `${record.from} → ${record.to}`, 'warn');
    case 'output.emitted':
      return say('output', 'output', record.node, short(record.value));
    case 'log':
      return say('log', `log ${record.level}`, record.node, short(record.text), record.level === 'error' ? 'bad' : record.level === 'warn' ? 'warn' : 'plain');
    case 'operator':
      return say('operator', 'operator', record.target, record.action, 'warn');
    case 'fault.injected':
      return say('operator', `fault ${record.kind}`, record.target, record.reason ?? '', 'bad');
    case 'expectation.failed':
      return say('run', 'expectation failed', record.name, '', 'bad');
    case 'run.ended':
      return say('run', 'run ended', '', record.reason.replaceAll('_', ' '));
  }
}

export const GROUPS: readonly RecordWords['group'][] = ['lifecycle', 'restart', 'host', 'input', 'effect', 'output', 'failure', 'log', 'operator', 'run'];

/** `00:44.300`: minutes, seconds, milliseconds of a run. */
export function wordClock(atMs: number): string {
  const [minutes, seconds, rest] = [Math.floor(atMs / 60_000), Math.floor(atMs / 1000) % 60, Math.floor(atMs) % 1000];
  return `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}.${String(rest).padStart(3, '0')}`;
}

/** Whether a record passes the filter: its group, and every word of the query somewhere in it. */
export function passesFilter(words: RecordWords, group: RecordWords['group'] | 'all', query: string): boolean {
  if (group !== 'all' && words.group !== group) return false;
  const text = `${words.kind} ${words.where} ${words.detail}`.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
