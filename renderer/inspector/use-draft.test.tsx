// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
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
  }));
  return {
    commits,
    get shown() {
      return hook.result.current;
    },
    type: (text: string) => {
      act(() => hook.result.current.change(text));
      hook.rerender();
    },
    fromElsewhere: (text: string) => {
      value = text;
      hook.rerender();
    },
  };
}

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

  it('keeps an invalid draft, and why, until the value changes elsewhere', () => {
    const one = field('Desk');
    one.type('no');
    expect([one.shown.text, one.shown.refusal, one.commits]).toEqual(['no', 'not that', []]);
    one.fromElsewhere('Theirs');
    expect([one.shown.text, one.shown.refusal]).toEqual(['Theirs', undefined]);
  });
});
