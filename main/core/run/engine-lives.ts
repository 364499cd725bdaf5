/** The engine of a run, over all its lives: what an earlier life still says is not heard, and too many losses are the run's end. */
import type { FromEngine, ToEngine } from '../../../shared/run/engine-protocol';
import type { Program } from '../../../shared/program/program';
import { countRestart, type RestartHistory } from '../../supervision/restart-limit';
import type { EngineLink, StartEngine } from '../engine-process';

export type EngineLivesOptions = {
  readonly program: Program;
  readonly startEngine: StartEngine;
  readonly nowMs: () => number;
  readonly onMessage: (message: FromEngine) => void;
  readonly onExit: (reason: string) => void;
};

export class EngineLives {
  readonly #options: EngineLivesOptions;
  #engine: EngineLink | undefined;
  #hasBegun = false;
  #losses: RestartHistory = [];
  life = 0;

  constructor(options: EngineLivesOptions) {
    this.#options = options;
  }

  start(): void {
    this.life += 1;
    const { life } = this;
    this.#hasBegun = false;
    this.#engine = this.#options.startEngine({
      onMessage: (message) => {
        if (life === this.life) this.#options.onMessage(message);
      },
      onExit: (reason) => {
        this.#engine = undefined;
        this.#options.onExit(reason);
      },
    });
  }

  /** Nobody hears it while there is no engine, or one that has not been told to begin: it knows nothing that could be meant. */
  send(message: ToEngine): void {
    if (message.type === 'start') this.#hasBegun = true;
    if (this.#hasBegun) this.#engine?.send(message);
  }

  kill(why: string): void {
    this.#engine?.kill(why);
  }

  /** Counts a loss by the root's own intensity. Answers whether it was one too many. */
  countLoss(): boolean {
    const { program, nowMs } = this.#options;
    const root = program.nodes[program.root];
    const intensity = root?.kind === 'supervisor' ? root : { maxRestarts: 1, maxSeconds: 5 };
    const { history, isOverLimit } = countRestart(this.#losses, nowMs(), intensity);
    this.#losses = history;
    return isOverLimit;
  }
}
