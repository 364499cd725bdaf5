/** How a model agent puts a piece of text into an item of its own stream. */
import type { Json } from '../json/json';
import { mismatchOf } from '../schema/fits-schema';
import type { ValueSchema } from '../schema/value-schema';

/** `text`: the piece itself. `field`: an object with the piece as its `text`. */
export type PieceShape = 'text' | 'field';

/** `undefined`: items of this schema hold no pieces of text, so no model can say them. */
export function pieceShapeOf(item: ValueSchema): PieceShape | undefined {
  // A piece is any text, as short as one letter.
  if (!mismatchOf(item, { text: 'a' })) return mismatchOf(item, 'a') ? 'field' : 'text';
  return mismatchOf(item, 'a') ? undefined : 'text';
}

export const itemOf = (shape: PieceShape, text: string): Json => (shape === 'text' ? text : { text });
