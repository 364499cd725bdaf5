import { describe, expect, it } from 'vitest';
import { fillTemplate as fillPrompt, parseTemplate } from '../../shared/prompts/template';
import type { CallSignal } from '../kernel/signal';
import { answerByRule, fillTemplate } from './scripted-agent';

/** Filled as they are named, both would have 20 GB. */
const NAMES = 200_000;
const LONG = 'x'.repeat(100_000);

describe('what a stranger’s rule or prompt repeats', () => {
  it('in a reply fails the call, and is not written', () => {
    const reply = { text: '{{input.text}}'.repeat(NAMES), more: ['{{input.text}}'] };
    expect(fillTemplate(reply, { text: LONG })).toBeUndefined();
    expect(answerByRule({ reply }, { input: { text: LONG } } as unknown as CallSignal, 'brain')).toMatchObject({ ok: false, error: { code: 'invalid', message: expect.stringContaining('brain') as string } });
    expect(fillTemplate({ text: '{{input.text}}, {{input.text}}' }, { text: 'a' })).toEqual({ text: 'a, a' });
  });

  it('in a prompt ends where it is too long to be asked', () => {
    const text = fillPrompt(parseTemplate('{{input.text}}'.repeat(NAMES)), { input: { text: LONG }, state: {} }, 1_000_000);
    expect([text.length > 1_000_000, text.length < 1_200_000]).toEqual([true, true]);
    expect(fillPrompt(parseTemplate('{{input.text}}'.repeat(3)), { input: { text: 'ab' }, state: {} }, 6)).toBe('ababab');
  });
});
