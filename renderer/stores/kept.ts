/** Small things about the window that stay from one start to the next. Of a design only typing that is no edit yet is kept here (drafts.ts). */
const PREFIX = 'prismatic.';
/** `session`: as long as this very window is open, also through a reload. */
type Place = 'local' | 'session';
const placeOf = (place: Place): Storage => (place === 'local' ? localStorage : sessionStorage);

/** What was kept, as far as it is an object; anything else counts as nothing kept. */
export function readKept<T extends object>(name: string, from: Place = 'local'): Partial<T> {
  try {
    const value: unknown = JSON.parse(placeOf(from).getItem(PREFIX + name) ?? '{}');
    return typeof value === 'object' && value !== null ? (value) : {};
  } catch {
    // Storage may be off or hold something else: the standard then.
    return {};
  }
}

export function writeKept(name: string, value: object, to: Place = 'local'): void {
  try {
    placeOf(to).setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A window without storage forgets, and that is all.
  }
}

export function forgetKept(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // As above.
  }
}

/** Names of what was kept that begin with these words. */
export function listKept(words: string): readonly string[] {
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(PREFIX + words) ? [key.slice(PREFIX.length)] : []));
  } catch {
    return [];
  }
}
