// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { takeUpDrafts } from '../stores/drafts';
import { useDraft } from './use-draft';

/** A field over a value that others change too. */
function field(first: string) {
  let value = first;
  const commits: string[] = [];
  const hook = renderHook(() => useDraft(value, (text) => {
    if (text === 'no') return 'not that';
    commits.push(text);
    value = text.trim();
    return undefined;
  }, 'field desk.title'));
  return {
    commits,
    get shown() {
      return hook.result.current;
    },
    type: (text: string) => {
      act(() => hook.result.current.change(text));
      hook.rerender();
    },
    reset: () => {
      act(() => hook.result.current.reset());
      hook.rerender();
    },
    fromElsewhere: (text: string) => {
      value = text;
      hook.rerender();
    },
  };
}

beforeEach(async () => {
  localStorage.clear();
  await takeUpDrafts('project');
});

describe('a field', () => {
  it('shows what is typed, as it was typed', () => {
    const one = field('Desk');
    one.type('Front desk ');
    expect([one.shown.text, one.commits]).toEqual(['Front desk ', ['Front desk ']]);
  });

  it('shows what undo and redo make of it, however often', () => {
    const one = field('Desk');
    one.type('Front desk');
    for (const value of ['Desk', 'Front desk', 'Desk', 'Front desk']) {
      one.fromElsewhere(value);
      expect(one.shown.text).toBe(value);
    }
  });

  it('keeps an invalid draft, and why, also when the value changes elsewhere', () => {
    const one = field('Desk');
    one.type('no');
    expect([one.shown.text, one.shown.refusal, one.commits]).toEqual(['no', 'not that The file keeps what it had.', []]);
    one.fromElsewhere('Theirs');
    expect([one.shown.text, one.shown.refusal]).toEqual(['no', 'not that Meanwhile the file has got Theirs here: Escape takes that.']);
    one.reset();
    expect([one.shown.text, one.shown.refusal]).toEqual(['Theirs', undefined]);
  });

  it('has an invalid draft again when it is shown anew, until it is mended', () => {
    const one = field('Desk');
    one.type('no');
    const again = field('Theirs');
    expect([again.shown.text, again.shown.refusal]).toEqual(['no', 'not that Meanwhile the file has got Theirs here: Escape takes that.']);
    again.type('nobody');
    expect([again.shown.text, again.shown.refusal, field('nobody').shown.text]).toEqual(['nobody', undefined, 'nobody']);
  });
});
