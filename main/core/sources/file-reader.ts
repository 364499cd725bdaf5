import { open, stat, type FileHandle } from 'node:fs/promises';
import { ChunkSplitter, LineSplitter } from '../../../shared/sources/text-items';
import type { SourceBehaviour } from '../../../shared/program/program';
import type { TextItem } from '../../../shared/sources/text-items';
import type { CoreWorld } from '../core-world';
import { ItemBuffer, type SourceReader } from './source-reader';

const PIECE_BYTES = 64 * 1024;
/** How often a followed file is looked at again. */
const FOLLOW_EVERY_MS = 50;

type FileSource = Extract<SourceBehaviour, { type: 'file' }>;

/**
 * Reads a file from the start. A followed file goes on: what is appended is read, a file put in its place (rotation) is read
 * from its start once the old one is read to its end, a file cut short is read from its new start. Ends never, then.
 */
export class FileReader implements SourceReader {
  readonly #path: string;
  readonly #world: CoreWorld;
  readonly #isFollowing: boolean;
  readonly #splitter: LineSplitter | ChunkSplitter;
  readonly #buffer = new ItemBuffer();
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #file: FileHandle | undefined;
  #position = 0;
  #isOver = false;
  #wake: (() => void) | undefined;

  constructor(path: string, source: FileSource, world: CoreWorld) {
    this.#path = path;
    this.#world = world;
    this.#isFollowing = source.mode === 'lines' && source.follow;
    this.#splitter = source.mode === 'lines' ? new LineSplitter(source.parse) : new ChunkSplitter(source.chunkBytes);
  }

  async next(max: number): Promise<readonly TextItem[]> {
    while (this.#buffer.isEmpty && !this.#isOver) {
      if ((await this.#read()) || this.#isOver) continue;
      if (this.#isFollowing) await this.#followOn();
      else {
        this.#buffer.add(this.#splitter.end());
        this.#isOver = true;
      }
    }
    return this.#buffer.take(max);
  }

  /** Answers whether there was anything to read. */
  async #read(): Promise<boolean> {
    this.#file ??= await open(this.#path, 'r');
    const { bytesRead } = await this.#file.read(this.#piece, 0, PIECE_BYTES, this.#position);
    if (bytesRead === 0) return false;
    this.#position += bytesRead;
    this.#buffer.add(this.#splitter.push(this.#piece.subarray(0, bytesRead)));
    return true;
  }

  async #followOn(): Promise<void> {
    const [held, named] = await Promise.all([this.#file!.stat(), stat(this.#path).catch(() => undefined)]);
    if (held.size < this.#position) return this.#beginAgain();
    const isReplaced = named !== undefined && (named.ino !== held.ino || named.dev !== held.dev);
    // What was appended between the last read and the rename is read before the old file is left.
    if (isReplaced && held.size === this.#position) {
      await this.#file!.close();
      this.#file = undefined;
      return this.#beginAgain();
    }
    if (held.size === this.#position) await this.#pause();
  }

  /** A line without an end was the last of what is gone. */
  #beginAgain(): void {
    this.#buffer.add(this.#splitter.end());
    this.#position = 0;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#world.setTimer(FOLLOW_EVERY_MS, resolve);
      this.#wake = () => {
        timer.cancel();
        resolve();
      };
    });
  }

  async close(): Promise<void> {
    this.#isOver = true;
    this.#wake?.();
    await this.#file?.close();
    this.#file = undefined;
  }
}
