/** What crosses between the core and the store's thread. Every request is answered once, after the COMMIT that holds it. */
import type { AppError } from '../../shared/errors/result';
import type { EffectAnswer, EffectRequest, OutsideInput, Settlement } from '../../shared/run/engine-protocol';
import type { JournalChunk, RunEndReason } from '../../shared/journal/record';
import type { CoreEvent, OpenRun, RowName } from './run-store';

export type StoreCommand =
  | { readonly kind: 'open'; readonly run: OpenRun }
  | { readonly kind: 'acknowledgeInputs'; readonly inputs: readonly (OutsideInput & { readonly atMs: number })[] }
  | { readonly kind: 'settleInput'; readonly settlement: Settlement; readonly deadLetter: boolean }
  | { readonly kind: 'appendChunk'; readonly chunk: JournalChunk }
  | { readonly kind: 'appendCoreEvent'; readonly event: CoreEvent }
  | { readonly kind: 'intendEffect'; readonly effect: EffectRequest; readonly atMs: number }
  | { readonly kind: 'settleEffect'; readonly answer: EffectAnswer; readonly atMs: number }
  | { readonly kind: 'end'; readonly reason: RunEndReason; readonly atMs: number }
  | { readonly kind: 'seal'; readonly atMs: number }
  | { readonly kind: 'unsettledInputs' | 'counts' | 'deadLetters' | 'verify' | 'close' }
  | { readonly kind: 'page'; readonly afterSeq: number }
  | { readonly kind: 'rows'; readonly of: readonly RowName[] };

export type StoreRequest = { readonly id: number; readonly command: StoreCommand };
export type StoreAnswer = { readonly id: number } & ({ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: AppError });
