import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HostHandle } from './host-handle';
import type { FromHost, HostBirth, ThreadBirth } from './host-protocol';
import { HostThread } from './host-thread';
import { StandInWorker } from './testing/stand-in-worker';

vi.mock('node:worker_threads', async () => ({ Worker: (await import('./testing/stand-in-worker')).StandInWorker }));

const told: string[] = [];
const begin = (): { readonly handle: HostHandle; readonly thread: StandInWorker } => {
  const handle = new HostHandle({ host: 'far', life: 1 } as HostBirth, new HostThread({} as ThreadBirth), { onMessage: (message: FromHost) => told.push(message.type), onLost: (reason) => told.push(`lost: ${reason}`) });
  return { handle, thread: StandInWorker.last };
};
beforeEach(() => told.splice(0));

describe('a host', () => {
  it('that is killed is lost when its thread has ended, after what it had posted has come in', () => {
    const { handle, thread } = begin();
    thread.emit('message', { type: 'ready' });
    handle.kill('heartbeat');
    expect(thread.terminated).toBe(1);
    thread.emit('message', { type: 'chunk' });
    thread.emit('message', { type: 'settled' });
    expect(told).toEqual(['ready', 'chunk', 'settled']);
    thread.emit('exit', 1);
    expect(told).toEqual(['ready', 'chunk', 'settled', 'lost: heartbeat']);
  });

  it('that is killed before it was ready does not get ready by a message that was under way', () => {
    const { handle, thread } = begin();
    handle.kill('not_ready');
    thread.emit('message', { type: 'ready' });
    expect(handle.isReady).toBe(false);
    thread.emit('exit', 1);
    expect(told).toEqual(['lost: not_ready']);
  });

  it.each([
    ['that runs out of memory', { code: 'ERR_WORKER_OUT_OF_MEMORY', message: 'heap' }, 'lost: memory'],
    ['that fails', { message: 'boom' }, 'lost: error: boom'],
    ['that ends by itself', undefined, 'lost: exit 7'],
  ])('%s is lost once, with its reason', (_, error, expected) => {
    const { thread } = begin();
    if (error) thread.emit('error', error);
    expect(told).toEqual([]);
    thread.emit('exit', 7);
    expect(told).toEqual([expected]);
  });

  it('is not asked for a sign of life, nor killed again, while it ends', () => {
    const { handle, thread } = begin();
    thread.emit('message', { type: 'ready' });
    handle.kill('killed');
    for (let nowMs = 0; nowMs < 60_000; nowMs += 500) handle.beat({ nowMs, busyMs: 100, crowding: 1 });
    expect(thread.posted.map(({ type }) => type)).toEqual(['birth']);
    expect(thread.terminated).toBe(1);
  });
});
