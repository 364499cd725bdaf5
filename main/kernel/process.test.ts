import { describe, expect, it } from 'vitest';
import type { Behaviour } from './behaviour';
import { Process } from './process';
import { WireCounts } from './wire-counts';

const behaviour: Behaviour = { receives: 'queued', trapsExits: false, start: () => undefined, receive: () => undefined, dispose: () => undefined };
const begin = (incarnation: number): Process =>
  new Process({
    pid: `main#1.${incarnation}`,
    name: 'answers',
    node: { kind: 'sink', id: 'answers', host: 'main', parent: 'root', restart: 'permanent', shutdown: 5000, significant: false, provides: [], requires: {}, mailbox: 1000, behaviour: { type: 'console' } },
    incarnation,
    parent: 'control#1.1',
    behaviour,
    spawnRef: 1, wires: new WireCounts(),
  });

describe('the key of an effect', () => {
  it('differs within one attempt at an input', () => {
    const process = begin(1);
    const keys = [process.nextEffectKey({ input: '7', attempt: '1.1' }), process.nextEffectKey({ input: '7', attempt: '1.1' })];
    expect(keys).toEqual(['7/answers/1', '7/answers/2']);
  });

  it('is the same when the input is tried again', () => {
    const process = begin(1);
    const first = [process.nextEffectKey({ input: '7', attempt: '1.1' }), process.nextEffectKey({ input: '7', attempt: '1.1' })];
    expect([process.nextEffectKey({ input: '7', attempt: '1.2' }), process.nextEffectKey({ input: '7', attempt: '1.2' })]).toEqual(first);
  });

  it('is the same while two deliveries of one input are under way at once, each with effects of its own', () => {
    const process = begin(1);
    const keys = ['1.1', '2.1', '1.1', '2.1'].map((attempt) => process.nextEffectKey({ input: '7', attempt }));
    expect(keys).toEqual(['7/answers/1', '7/answers/1', '7/answers/2', '7/answers/2']);
  });

  it('is the same in the next incarnation, which knows nothing', () => {
    expect(begin(2).nextEffectKey({ input: '7', attempt: '1.1' })).toBe(begin(1).nextEffectKey({ input: '7', attempt: '1.1' }));
  });

  it('is nobody else’s where no input stands behind it', () => {
    const [one, other] = [begin(1), begin(2)];
    const keys = [one.nextEffectKey(undefined), one.nextEffectKey(undefined), other.nextEffectKey(undefined)];
    expect(new Set(keys).size).toBe(3);
  });
});
