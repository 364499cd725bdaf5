/** Asks a process of its own for one piece of work, and gives up on one that says nothing for too long, ends, or says what it should not. */
import type { z } from 'zod';
import type { Result } from '../../shared/errors/result';
import type { ForkChild } from './fork-child';

export type ChildWork<Said, T> = {
  readonly entry: string;
  readonly forkChild: ForkChild;
  readonly ask: object;
  readonly said: z.ZodType<Said>;
  readonly silentMs: number;
  readonly signal: AbortSignal | undefined;
  /** Takes what it says; answers the result once that is known. */
  readonly onSaid: (said: Said) => Result<T> | undefined;
  readonly wordSilence: string;
  readonly wordStrange: string;
  readonly unable: (why: string) => Result<never>;
  readonly stopped: () => Result<never>;
};

export function askChild<Said, T>(work: ChildWork<Said, T>): Promise<Result<T>> {
  const { entry, forkChild, ask, said, silentMs, signal, onSaid, unable, stopped } = work;
  if (signal?.aborted) return Promise.resolve(stopped());
  return new Promise((resolve) => {
    const end = (value: Result<T>): void => {
      clearTimeout(silence);
      child.kill();
      resolve(value);
    };
    const silence = setTimeout(() => end(unable(work.wordSilence)), silentMs);
    const receive = (raw: unknown): void => {
      const parsed = said.safeParse(raw);
      if (!parsed.success) return end(unable(work.wordStrange));
      silence.refresh();
      const result = onSaid(parsed.data);
      if (result) end(result);
    };
    const child = forkChild(entry, { onMessage: receive, onEnd: (reason) => end(unable(reason)) });
    signal?.addEventListener('abort', () => end(stopped()));
    child.send(ask);
  });
}
