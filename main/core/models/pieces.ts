/**
 * What a model says while its answer still comes, in pieces of some size: each becomes a record of the journal and a message, so there is not
 * one for each token. The first goes out at once, whatever comes within `PIECE_EVERY_MS` after a piece goes out together.
 */
import type { ModelPiece } from '../../../shared/run/model-request';
import type { CoreWorld } from '../core-world';

/** At most one piece in so much time: 20 a second, however fast tokens come. */
export const PIECE_EVERY_MS = 50;

export type PiecesOptions = { readonly world: CoreWorld; readonly tell: (piece: ModelPiece) => void };
/** As it was told, `afterMs` after the first question for it. */
export type ToldPiece = { readonly text: string; readonly afterMs: number };

export class Pieces {
  readonly #options: PiecesOptions;
  readonly #beganMs: number;
  readonly told: ToldPiece[] = [];
  #text = '';
  #at = 0;
  #timer: { readonly cancel: () => void } | undefined;
  #lastMs = -Infinity;
  #isClosed = false;

  constructor(options: PiecesOptions) {
    this.#options = options;
    this.#beganMs = options.world.nowMs();
  }

  /** Everything that has come. */
  get text(): string {
    return this.#text;
  }

  add(text: string): void {
    if (this.#isClosed || text === '') return;
    this.#text += text;
    if (this.#timer) return;
    const { world } = this.#options;
    const leftMs = this.#lastMs + PIECE_EVERY_MS - world.nowMs();
    if (leftMs <= 0) return this.#flush();
    this.#timer = world.setTimer(leftMs, () => this.#flush());
  }

  #flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#at === this.#text.length) return;
    const { world, tell } = this.#options;
    const [at, text] = [this.#at, this.#text.slice(this.#at)];
    this.#at = this.#text.length;
    this.#lastMs = world.nowMs();
    this.told.push({ text, afterMs: Math.round(this.#lastMs - this.#beganMs) });
    tell({ at, text });
  }

  /** For one who asked later: all that was told so far, as one piece. */
  tellAgain(): void {
    if (this.#at > 0) this.#options.tell({ at: 0, text: this.#text.slice(0, this.#at) });
  }

  /** The rest goes out. */
  end(): void {
    this.#flush();
    this.#isClosed = true;
  }

  /** Nothing more goes out: nobody reads it. */
  drop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#isClosed = true;
  }
}
