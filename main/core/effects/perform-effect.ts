/** How effects of one kind are made; each kind has a file of its own in this folder. */
import type { EffectAnswer, EffectKind, EffectRequest } from '../../../shared/run/engine-protocol';
import type { Json } from '../../../shared/json/json';

/** An answer without its key, which is the request's. */
export type EffectOutcome = EffectAnswer extends infer Answer ? (Answer extends EffectAnswer ? Omit<Answer, 'key'> : never) : never;

export interface EffectPerformer {
  /**
   * Whether making it twice does no harm but what it costs (`Model` says idempotent): one that failed, or whose answer was lost, is
   * then made again when it is asked for again. Any other is made once, and answered as it was, whatever that was.
   */
  readonly isRepeatable: boolean;
  /** Whether it is counted as an output of the run. */
  readonly isOutput: boolean;
  /**
   * Never throws for what may fail in honest use: that is an outcome. `signal`: nobody hears the answer, since the run is over or, with the
   * reason `NOBODY_READS`, whoever asked has gone away. `tell`: a piece of an answer that comes in pieces.
   */
  perform(effect: EffectRequest, signal: AbortSignal, tell: (item: Json) => void): Promise<EffectOutcome>;
  /** The run is over, and all its effects are answered. */
  close?(): Promise<void>;
  /** One that is under way was asked for again, after whoever asked first is gone. */
  askedAgain?(effect: EffectRequest): void;
  /** A repeatable one is made again, since what became of it is unknown. */
  noteLost?(effect: EffectRequest): void;
}

/** Why one was given up whose answer nobody waits for any more. */
export const NOBODY_READS = 'nobody reads it any more';

/** A kind without a performer is refused: this run does not make such effects. */
export type EffectPerformers = { readonly [Kind in EffectKind]?: EffectPerformer };

export const done = (value: Json = null): EffectOutcome => ({ mode: 'live', ok: true, value });
export const notDone = ({ node }: EffectRequest, code: string, message: string, data?: Json): EffectOutcome => ({
  mode: 'live',
  ok: false,
  error: { code, message, node, ...(data === undefined ? {} : { data }) },
});
