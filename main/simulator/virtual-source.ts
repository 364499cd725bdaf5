import { ChunkSplitter, LineSplitter, type TextItem } from '../../shared/sources/text-items';
import type { ProgramSource } from '../../shared/program/program';

const PIECE_BYTES = 64 * 1024;

/**
 * The items of a source in the simulated world: the bytes of its data file, and nothing from stdin. A followed file ends where
 * its bytes end, since nobody writes to it.
 */
export function* virtualItems(source: ProgramSource, bytes: Uint8Array): Generator<TextItem, void, void> {
  const { behaviour } = source;
  if (behaviour.type === 'stdin') return;
  const splitter = behaviour.mode === 'lines' ? new LineSplitter(behaviour.parse) : new ChunkSplitter(behaviour.chunkBytes);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield* splitter.push(bytes.subarray(at, at + PIECE_BYTES));
  yield* splitter.end();
}
