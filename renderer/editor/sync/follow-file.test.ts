import { describe, expect, it } from 'vitest';
import { followFile, type Followed, type Seen } from './follow-file';

const FILE = 'handlers/desk.ts';
const seen = (confirmed: string | undefined, more: Partial<Seen> = {}): Seen => ({ confirmed, shown: confirmed, revision: 4, pending: 0, ...more });
const has = (text: string, hold?: Followed['hold']) => ({ text, hold });
const BASE = 'one\ntwo\nthree\nfour\nfive\n';
const MINE = 'one, typed\ntwo\nthree\nfour\nfive\n';

describe('the text of an editor', () => {
  it('stays when its own edit is acknowledged', () => {
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 1 }), seen(MINE, { revision: 5 }))).toEqual({ text: MINE, hold: undefined, mustSend: false });
  });
  it('follows a change from elsewhere: undo, another window, another program', () => {
    expect(followFile(FILE, has(BASE), seen(BASE), seen('other\n', { revision: 5 }))).toEqual({ text: 'other\n', hold: undefined, mustSend: false });
  });
  it('has both where other lines were changed while its edit was on its way, and sends what the document lacks', () => {
    const theirs = 'one\ntwo\nthree\nfour\nfive, outside\n';
    const both = 'one, typed\ntwo\nthree\nfour\nfive, outside\n';
    const after = seen(theirs, { shown: theirs, pending: 1, revision: 5 });
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 1 }), after)).toEqual({ text: both, hold: undefined, mustSend: true });
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 1 }), { ...after, shown: both })).toEqual({ text: both, hold: undefined, mustSend: false });
  });
  it('is held, and says so, where the same line was changed', () => {
    const theirs = 'one, outside\ntwo\nthree\nfour\nfive\n';
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 1 }), seen(theirs, { pending: 1, revision: 5 }))).toEqual({ text: MINE, hold: { kind: 'conflict', theirs }, mustSend: false });
  });
  it('is held where its edit is refused', () => {
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 1 }), seen(BASE))).toEqual({ text: MINE, hold: { kind: 'refused' }, mustSend: false });
  });
  it('is sent again where the connection was lost with the edit', () => {
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 2 }), seen(BASE, { revision: 9 }))).toEqual({ text: MINE, hold: undefined, mustSend: true });
  });
  it('is not sent twice where the edit had arrived before the connection was lost', () => {
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 2 }), seen(MINE, { revision: 9 }))).toEqual({ text: MINE, hold: undefined, mustSend: false });
  });
  it('stays when the file goes while there is typing of its own', () => {
    expect(followFile(FILE, has(MINE), seen(BASE, { shown: MINE, pending: 1 }), seen(undefined, { pending: 1, revision: 5 }))).toEqual({ text: MINE, hold: { kind: 'conflict', theirs: undefined }, mustSend: false });
  });
  it('does not care about edits of other files', () => {
    expect(followFile(FILE, has(MINE, { kind: 'refused' }), seen(BASE), seen(BASE, { revision: 5 }))).toEqual({ text: MINE, hold: { kind: 'refused' }, mustSend: false });
  });
});

describe('JSON in an editor', () => {
  const JSON_FILE = 'protocols/Triage.json';
  const value = '{\n  "doc": "a"\n}\n';
  it('keeps the form in which it was typed while the value is the same', () => {
    expect(followFile(JSON_FILE, has('{"doc":"a"}'), seen('{}\n', { shown: value, pending: 1 }), seen(value, { revision: 5 }))).toEqual({ text: '{"doc":"a"}', hold: undefined, mustSend: false });
    expect(followFile(JSON_FILE, has('{"doc":"a"}'), seen('{}\n'), seen(value, { revision: 5 }))).toEqual({ text: '{"doc":"a"}', hold: undefined, mustSend: false });
  });
  it('is held while it is none, also when the file changes meanwhile', () => {
    const broken = '{ "doc": "b }';
    expect(followFile(JSON_FILE, has(broken, { kind: 'invalid' }), seen(value), seen('{}\n', { revision: 5 }))).toEqual({ text: broken, hold: { kind: 'conflict', theirs: '{}\n' }, mustSend: false });
  });
});
