/**
 * Requests about the person's providers of models: where they are, what they cost, whether they answer. A key goes in with
 * `providers.save` and never comes out again.
 */
import { z } from 'zod';
import type { Result } from '../errors/result';
import type { ModelUsage } from '../run/model-request';
import { providerName, providerSettings, type ProviderSettings } from '../run/provider-settings';

const ofProvider = z.strictObject({ name: providerName });

export const providerRequests = {
  'providers.list': z.strictObject({}),
  /** `key` goes into the keychain, under the name that `keyFrom.keychain` gives. Without it, a key that is there stays. */
  'providers.save': z.strictObject({ name: providerName, settings: providerSettings, key: z.string().min(1).max(4000).optional() }),
  /** Its key goes with it. */
  'providers.remove': ofProvider,
  /** One small question, which may cost a little. Without `model`, the first of its models. */
  'providers.test': z.strictObject({ name: providerName, model: z.string().min(1).max(200).optional() }),
  /** Names of the models that it says it has. */
  'providers.models': ofProvider,
} as const;

/** `missing`: the variable is not set, or the keychain has no such key. `locked`: only the app can open the keychain. */
export type KeyState = 'none' | 'set' | 'missing' | 'locked';
export type ListedProvider = { readonly name: string; readonly settings: ProviderSettings; readonly key: KeyState };
export type ProviderList = {
  readonly providers: readonly ListedProvider[];
  /** Where a key goes that is entered here: `session` is the memory of the program, until it ends; `nowhere`: none is taken here. */
  readonly keysGo: 'keychain' | 'session' | 'nowhere';
};

export type ProviderAnswers = {
  'providers.list': Result<ProviderList>;
  'providers.save': Result<ProviderList>;
  'providers.remove': Result<ProviderList>;
  'providers.test': Result<{ readonly model: string; readonly text: string; readonly usage: ModelUsage; readonly costUsd: number | null; readonly tookMs: number }>;
  'providers.models': Result<readonly string[]>;
};
