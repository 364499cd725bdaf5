/** Keys of providers, encrypted by the keychain of the system (Electron's `safeStorage`), in the folder for data. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { SessionVault, type KeyVault } from '../core/providers/find-key';
import { replaceFile } from '../core/replace-file';

const KEYS_FORMAT = 'prismatic-keys/1';
const PRIVATE = 0o600;
const keysFile = z.strictObject({ format: z.literal(KEYS_FORMAT), keys: z.record(z.string(), z.string()) });
type Keys = z.infer<typeof keysFile>['keys'];

/**
 * Once the app is ready. Without a keychain, keys are kept for this session and nowhere on the disk: what Linux calls `basic_text` is
 * a key that everybody has.
 */
export const openVault = (dataDir: string): KeyVault => (hasKeychain() ? new KeychainVault(join(dataDir, 'keys.json')) : new SessionVault());

function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  // Electron 25 has no such question.
  const { getSelectedStorageBackend } = safeStorage as { readonly getSelectedStorageBackend?: () => string };
  return process.platform !== 'linux' || (getSelectedStorageBackend !== undefined && getSelectedStorageBackend() !== 'basic_text');
}

class KeychainVault implements KeyVault {
  readonly keeps = 'keychain';
  readonly #file: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** `undefined` also where it can't be opened any more: it is then entered again. */
  async find(id: string): Promise<string | undefined> {
    const keys = await this.#read();
    return Object.hasOwn(keys, id) ? safeStorage.decryptString(Buffer.from(keys[id]!, 'base64')) : undefined;
  }

  save(id: string, key: string): Promise<void> {
    return this.#change((keys) => ({ ...keys, [id]: safeStorage.encryptString(key).toString('base64') }));
  }

  remove(id: string): Promise<void> {
    return this.#change(({ [id]: _, ...rest }) => rest);
  }

  /** A file that is none of ours is begun anew: nobody but this keychain could have read it. */
  async #read(): Promise<Keys> {
    const text = await readFile(this.#file, 'utf8').catch(() => undefined);
    if (text === undefined) return {};
    try {
      return keysFile.parse(JSON.parse(text)).keys;
    } catch {
      return {};
    }
  }

  #change(work: (keys: Keys) => Keys): Promise<void> {
    const done = this.#last.then(async () => replaceFile(this.#file, `${JSON.stringify({ format: KEYS_FORMAT, keys: work(await this.#read()) }, null, 2)}\n`, PRIVATE));
    this.#last = done.catch(() => undefined);
    return done;
  }
}
