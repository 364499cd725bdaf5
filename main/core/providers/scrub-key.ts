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

  add(part: string): void {
    let left = this.#kept + part;
    let said = '';
    this.#kept = '';
    for (let at = 0; at < left.length; at += 1) {
      // One form may begin as another does: which it is, the next part says.
      if (this.#mayBegin(left, at)) {
        this.#kept = left.slice(at);
        left = left.slice(0, at);
        break;
      }
      const found = this.#forms.find((form) => left.startsWith(form, at));
      if (found === undefined) continue;
      said += left.slice(0, at) + HIDDEN;
      left = left.slice(at + found.length);
      at = -1;
    }
    if (said + left !== '') this.#tell(said + left);
  }

  /** What is kept was no key after all, or the shorter form of it. Not called where the text broke off: it may be one then. */
  end(): void {
    if (this.#kept !== '') this.#tell(scrub(this.#kept, this.#forms));
    this.#kept = '';
  }

  /** Whether what stands from there to the end is the beginning of a longer form of the key. */
  #mayBegin(text: string, at: number): boolean {
    return this.#forms.some((form) => form.length > text.length - at && form.startsWith(text.slice(at)));
  }
}
