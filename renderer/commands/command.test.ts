import { describe, expect, it } from 'vitest';
import { findCommands, matchesKeys, wordKeys } from './command';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

describe('keys', () => {
  it.each([
    ['Mod+Z', press('z', { ctrlKey: true }), false, true],
    ['Mod+Z', press('z', { metaKey: true }), true, true],
    ['Mod+Z', press('z', { metaKey: true }), false, false],
    ['Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false, false],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false, true],
    ['A', press('a'), false, true],
    ['A', press('a', { ctrlKey: true }), false, false],
    ['Delete', press('Delete'), false, true],
  ])('%s and %j (Mac: %s): %s', (keys, event, isMac, expected) => expect(matchesKeys(keys, event, isMac)).toBe(expected));

  it('are read as they are named here', () => expect(wordKeys('Mod+Shift+Z', 'Ctrl')).toBe('Ctrl Shift Z'));
});

describe('the palette', () => {
  const commands = ['Kill host brain', 'Undo: add agent desk', 'Add code agent', 'Open folder'].map((label) => ({ id: label, label, run: () => undefined }));
  it('finds commands that hold every word, those that begin with it first', () => {
    expect(findCommands(commands, 'add agent').map(({ label }) => label)).toEqual(['Add code agent', 'Undo: add agent desk']);
    expect(findCommands(commands, 'KILL')).toHaveLength(1);
    expect(findCommands(commands, 'nothing')).toHaveLength(0);
    expect(findCommands(commands, '  ')).toHaveLength(4);
  });
});
