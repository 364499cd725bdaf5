/** Takes a key out of what comes from outside, in the forms in which a provider may give it back. */
import type { Json } from '../../../shared/json/json';

const HIDDEN = '[key]';
/** A shorter text is too likely to stand there for another reason; no provider has such keys. */
const SHORTEST_KEY = 8;

export function scrubKey(text: string, key: string | undefined): string {
  return scrub(text, formsOf(key));
}

const scrub = (text: string, forms: readonly string[]): string => forms.reduce((left, form) => left.replaceAll(form, HIDDEN), text);

/** In each text of a value, names of fields too. */
export function scrubKeyIn(value: Json, key: string | undefined): Json {
  const forms = formsOf(key);
  // Once through the whole is enough for all but an endpoint that does this.
  const text = JSON.stringify(value);
  return forms.some((form) => text.includes(form)) ? scrubValue(value, forms) : value;
}

function scrubValue(value: Json, forms: readonly string[]): Json {
  if (typeof value === 'string') return scrub(value, forms);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => scrubValue(item, forms));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [scrub(name, forms), scrubValue(item, forms)]));
}

/** The longest first: none is left in parts. */
function formsOf(key: string | undefined): readonly string[] {
  if (key === undefined || key.length < SHORTEST_KEY) return [];
  const base64 = Buffer.from(key, 'utf8').toString('base64');
  const forms = [key, encodeURIComponent(key), base64, base64.replace(/=+$/, ''), Buffer.from(key, 'utf8').toString('base64url'), Buffer.from(key, 'utf8').toString('hex'), JSON.stringify(key).slice(1, -1)];
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

/** Of a text that comes in parts: hands it on without the key, and keeps what may be the beginning of it until it is known. */
export class KeyFilter {
  readonly #forms: readonly string[];
  readonly #tell: (text: string) => void;
  #kept = '';

  constructor(key: string | undefined, tell: (text: string) => void) {
    this.#forms = formsOf(key);
    this.#tell = tell;
  }

  add(text: string): void {
    const all = scrub(this.#kept + text, this.#forms);
    const from = all.length - this.#beginningAt(all);
    this.#kept = all.slice(from);
    if (from > 0) this.#tell(all.slice(0, from));
  }

  /** What is kept was no key after all. Not called where the text broke off: it may be one then. */
  end(): void {
    if (this.#kept !== '') this.#tell(this.#kept);
    this.#kept = '';
  }

  /** How many of the last letters begin a form of the key. */
  #beginningAt(text: string): number {
    const longest = this.#forms[0]?.length ?? 0;
    for (let length = Math.min(longest - 1, text.length); length > 0; length -= 1) if (this.#forms.some((form) => form.startsWith(text.slice(-length)))) return length;
    return 0;
  }
}
