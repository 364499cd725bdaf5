import type { EffectMode } from '../../../shared/journal/record';
import type { OpenedRunStore } from '../../store/store-client';

/** The same store; each answer of an effect, made now or found on record, is told before whoever asked for it can have it. */
export function tapModes(store: OpenedRunStore, note: (key: string, mode: EffectMode) => void): OpenedRunStore {
  return {
    ...store,
    intendEffect: async (effect, atMs) => {
      const state = await store.intendEffect(effect, atMs);
      if (state.status === 'settled') note(effect.key, state.answer.mode);
      return state;
    },
    settleEffect: async (answer, atMs) => {
      note(answer.key, answer.mode);
      await store.settleEffect(answer, atMs);
    },
  };
}
