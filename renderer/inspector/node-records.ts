/** What the journal says of one node, in words. Pure. */
import type { JournalRecord } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';

const endOf = (end: string): string => end.split('.', 1)[0]!;

/** Whether a record speaks of the node: it happened to it, or it was one end of it. */
export function isAbout(record: JournalRecord, node: string): boolean {
  switch (record.type) {
    case 'process.started':
    case 'process.startFailed':
    case 'process.exited':
    case 'supervisor.gaveUp':
    case 'input.received':
    case 'effect.requested':
    case 'message.dropped':
    case 'message.handled':
    case 'output.emitted':
    case 'log':
      return record.node === node;
    case 'supervisor.restarting':
      return record.node === node || record.child === node || record.scope.includes(node);
    case 'call.failed':
    case 'call.abandoned':
    case 'message.sent':
      return endOf(record.from) === node || endOf(record.to) === node;
    case 'operator':
    case 'fault.injected':
      return record.target === node;
    case 'host.started':
    case 'host.lost':
      return record.host === node;
    default:
      return false;
  }
}

/** The newest first, at most `most` of them, from those before `until`. */
export function listRecordsOf(records: readonly JournalRecord[], until: number, node: string, most: number): readonly JournalRecord[] {
  const found: JournalRecord[] = [];
  for (let index = Math.min(until, records.length) - 1; index >= 0 && found.length < most; index -= 1) if (isAbout(records[index]!, node)) found.push(records[index]!);
  return found;
}

const short = (value: Json | undefined): string => JSON.stringify(value ?? null).slice(0, 200);

/** What is particular about a record, without its type. */
export function wordRecord(record: JournalRecord): string {
  const { seq: _seq, host: _host, step: _step, atMs: _atMs, cause: _cause, type, ...rest } = record;
  if (record.type === 'log') return `${record.level}: ${record.text}`;
  if (record.type === 'process.exited' || record.type === 'process.startFailed') return short(record.reason as Json);
  if (record.type === 'supervisor.restarting') return `${record.child} exited; restarts ${record.scope.join(', ')} (${record.count} of ${record.max})`;
  if (record.type === 'input.received') return `${record.operation} ${short(record.value)}`;
  if (record.type === 'output.emitted') return `${record.port} ${short(record.value)}`;
  if (record.type === 'call.failed') return `${record.from} to ${record.to}: ${record.code}`;
  if (record.type === 'message.dropped') return `${record.count}, ${record.reason}`;
  return type === 'supervisor.gaveUp' ? '' : short(rest as Json);
}
