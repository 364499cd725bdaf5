import { describe, expect, it } from 'vitest';
import type { ModelPiece } from '../../../shared/run/model-request';
import { HandWorld } from '../testing/hand-world';
import { Pieces, PIECE_EVERY_MS } from './pieces';

function begin(): { readonly world: HandWorld; readonly pieces: Pieces; readonly told: ModelPiece[] } {
  const [world, told] = [new HandWorld(), [] as ModelPiece[]];
  return { world, told, pieces: new Pieces({ world, tell: (piece) => void told.push(piece) }) };
}

describe('pieces of an answer', () => {
  it('are few, however many tokens come, and lose none of them', () => {
    const { world, pieces, told } = begin();
    for (let token = 0; token < 1000; token += 1) {
      pieces.add(`${token} `);
      world.pass(1);
    }
    pieces.end();
    expect(told.length).toBeLessThanOrEqual(1000 / PIECE_EVERY_MS + 2);
    expect(told.map(({ text }) => text).join('')).toBe(pieces.text);
    let at = 0;
    for (const piece of told) {
      expect(piece.at).toBe(at);
      at += piece.text.length;
    }
    expect(pieces.told.map(({ afterMs }) => afterMs)).toEqual([...pieces.told.map((_, index) => index * PIECE_EVERY_MS).slice(0, -1), 1000]);
  });

  it('come at once after a time in which nothing came', () => {
    const { world, pieces, told } = begin();
    pieces.add('a');
    world.pass(PIECE_EVERY_MS);
    pieces.add('b');
    expect(told).toEqual([{ at: 0, text: 'a' }, { at: 1, text: 'b' }]);
    expect(world.timers).toBe(0);
  });

  it('are told again as one to who asks later, without what nobody was told yet', () => {
    const { world, pieces, told } = begin();
    pieces.tellAgain();
    for (const letter of 'abc') pieces.add(letter);
    pieces.tellAgain();
    world.pass(PIECE_EVERY_MS);
    expect(told).toEqual([{ at: 0, text: 'a' }, { at: 0, text: 'a' }, { at: 1, text: 'bc' }]);
  });

  it('stop where nobody reads on', () => {
    const { world, pieces, told } = begin();
    for (const letter of 'abc') pieces.add(letter);
    pieces.drop();
    pieces.add('d');
    world.pass(1000);
    expect([told, world.timers, pieces.text]).toEqual([[{ at: 0, text: 'a' }], 0, 'abc']);
  });
});
