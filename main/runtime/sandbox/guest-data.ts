/** JSON of a guest as data of ours: no key that reaches a prototype, no depth that could exhaust a stack of ours. */
import { POISONED_KEYS } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';

/** Throws what the guest then sees as an exception of its own. */
export function parseGuestJson(json: string, mostLevels: number): Json {
  if (isDeeperThan(json, mostLevels)) throw new RangeError(`a value has at most ${mostLevels} levels`);
  const value = JSON.parse(json) as Json;
  // A key can be spelt with escapes; without one of these words in the text there is none.
  const mayBePoisoned = json.includes('proto') || json.includes('constructor') || json.includes('\\u');
  if (mayBePoisoned) refusePoison(value);
  return value;
}

/** Counted on the text, before anything is built from it. Brackets inside strings do not count. */
function isDeeperThan(json: string, mostLevels: number): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    if (isText) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) isText = false;
    } else if (unit === 0x22) isText = true;
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > mostLevels) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth -= 1;
  }
  return false;
}

function refusePoison(value: Json): void {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) {
    for (const key of Object.keys(value)) if (POISONED_KEYS.has(key)) throw new TypeError(`a value may not have the key ${key}`);
  }
  for (const inner of Object.values(value)) refusePoison(inner as Json);
}
