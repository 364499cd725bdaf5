import { describe, expect, it } from 'vitest';
import { listEntries, newId, without } from './entries';

type Draft = { readonly name: string; readonly url: string };
const kept = [{ name: 'a', draft: { name: 'a', url: '1' } }, { name: 'b', draft: { name: 'b', url: '2' } }];
const fresh: Draft = { name: '', url: '' };

describe('entries of a list that is edited', () => {
  it('are what is kept, with what was typed over it', () =>
    expect(listEntries(kept, { b: { draft: { name: 'b', url: '3' } } })).toEqual([
      { id: 'a', begin: kept[0]!.draft, draft: kept[0]!.draft, isKept: true, isChanged: false },
      { id: 'b', begin: kept[1]!.draft, draft: { name: 'b', url: '3' }, isKept: true, isChanged: true },
    ]));

  it('new ones stand below, unchanged until something is typed', () => {
    const drafts = { 'new 1': { draft: fresh, begin: fresh }, 'new 2': { draft: { ...fresh, url: 'x' }, begin: fresh } };
    expect(listEntries<Draft>([], drafts).map(({ id, isKept, isChanged }) => [id, isKept, isChanged])).toEqual([['new 1', false, false], ['new 2', false, true]]);
  });

  it('what was typed over one that somebody else took away is no entry', () => expect(listEntries<Draft>([], { b: { draft: fresh } })).toEqual([]));

  it('a new one has an id that nothing has', () => {
    expect(newId({})).toBe('new 1');
    expect(newId(without({ 'new 1': { draft: 1 }, 'new 2': { draft: 2 } }, 'new 1'))).toBe('new 1');
  });
});
