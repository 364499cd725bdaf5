/** The streams that a message reads, and the one it is answered with: at most one item of each is under way at a time. */
export class OpenStreams {
  readonly #most: number;
  /** A stream's number -> the request for its next item, or 0. */
  readonly #read = new Map<number, number>();
  readonly #streamOf = new Map<number, number>();
  #isGiven = false;
  #item = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** A new message. `isGiven`: it is answered with a stream. */
  begin(isGiven: boolean): void {
    this.#read.clear();
    this.#streamOf.clear();
    this.#isGiven = isGiven;
    this.#item = 0;
  }

  /** Throws what the guest sees. */
  assertRoom(): void {
    if (this.#read.size >= this.#most) throw new RangeError(`a message reads at most ${this.#most} streams at once: read one to its end, or leave its loop`);
  }

  open(stream: number): void {
    this.#read.set(stream, 0);
  }

  /** Throws where there is no such stream, or where its last item has not come yet. */
  ask(stream: number, request: number): void {
    const asked = this.#read.get(stream);
    if (asked === undefined) throw new TypeError('this stream belongs to an earlier message');
    if (asked !== 0) throw new TypeError('an item of this stream is under way');
    this.#read.set(stream, request);
    this.#streamOf.set(request, stream);
  }

  /** Answers the request that nobody waits for now: 0 where there is none, nothing where the stream is not open. */
  close(stream: number): number | undefined {
    const asked = this.#read.get(stream);
    this.#read.delete(stream);
    if (asked !== undefined) this.#streamOf.delete(asked);
    return asked;
  }

  give(request: number): void {
    if (!this.#isGiven) throw new TypeError('the message in hand is not answered with a stream');
    if (this.#item !== 0) throw new TypeError('an item is under way');
    this.#item = request;
  }

  /** Whether that was the answer to an item, asked for or given. `isEnd`: none can follow it. */
  answered(request: number, isEnd: boolean): boolean {
    if (request === this.#item) {
      this.#item = 0;
      this.#isGiven = !isEnd;
      return true;
    }
    const stream = this.#streamOf.get(request);
    if (stream === undefined) return false;
    this.#streamOf.delete(request);
    if (isEnd) this.#read.delete(stream);
    else this.#read.set(stream, 0);
    return true;
  }
}
