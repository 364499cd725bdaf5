/** Small things about the window that stay from one start to the next. Nothing of a design is kept here. */
const PREFIX = 'prismatic.';

/** What was kept, as far as it is an object; anything else counts as nothing kept. */
export function readKept<T extends object>(name: string): Partial<T> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? '{}');
    return typeof value === 'object' && value !== null ? (value) : {};
  } catch {
    // Storage may be off or hold something else: the standard then.
    return {};
  }
}

export function writeKept(name: string, value: object): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A window without storage forgets, and that is all.
  }
}
