/** Keys of providers: fetched at the moment of a call, and held no longer. */
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { KeyFrom } from '../../../shared/run/provider-settings';

/** Keys in the keychain of the system, or where there is none, in the memory of this process until it ends. */
export interface KeyVault {
  /** What a person is told before they put a key in. */
  readonly keeps: 'keychain' | 'session';
  find(id: string): Promise<string | undefined>;
  save(id: string, key: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export type KeySources = { readonly env: Readonly<Record<string, string | undefined>>; readonly vault?: KeyVault };

/** `undefined`: it has none. `MDL004`: the variable is not set; `MDL005`: the keychain can't be reached, or has no such key. */
export async function findKey(provider: string, from: KeyFrom, { env, vault }: KeySources): Promise<Result<string | undefined>> {
  if (from === 'none') return ok(undefined);
  if ('env' in from) {
    const key = env[from.env];
    if (key !== undefined && key.trim() !== '') return ok(key.trim());
    return failed({ code: 'MDL004', message: `the key of ${provider} is to be in the environment variable ${from.env}, which is not set`, fix: `Set ${from.env} before you start the program, or choose another place for the key.` });
  }
  if (!vault) return failed({ code: 'MDL005', message: `the key of ${provider} is in the keychain of the app, which only the app can open`, fix: 'Run it in the app, or let the key come from an environment variable.' });
  const key = await vault.find(from.keychain).catch(() => undefined);
  if (key !== undefined) return ok(key);
  return failed({ code: 'MDL005', message: `the keychain has no key for ${provider}, or can't open it any more`, fix: 'Enter the key again in Providers.' });
}

/** For this session only: nothing is written. */
export class SessionVault implements KeyVault {
  readonly keeps = 'session';
  readonly #keys = new Map<string, string>();

  find(id: string): Promise<string | undefined> {
    return Promise.resolve(this.#keys.get(id));
  }
  save(id: string, key: string): Promise<void> {
    this.#keys.set(id, key);
    return Promise.resolve();
  }
  remove(id: string): Promise<void> {
    this.#keys.delete(id);
    return Promise.resolve();
  }
}
