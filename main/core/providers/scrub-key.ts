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

/** For text that comes in parts: what may be the beginning of the key waits for the next part. */
export class ScrubbedText {
  readonly #forms: readonly string[];
  #held = '';

  constructor(key: string | undefined) {
    this.#forms = formsOf(key);
  }

  /** What can be said of the text by now. */
  add(part: string): string {
    let text = this.#held + part;
    this.#held = '';
    let said = '';
    for (let at = 0; at < text.length; at += 1) {
      if (this.#forms.some((form) => form.length > text.length - at && form.startsWith(text.slice(at)))) {
        this.#held = text.slice(at);
        return said + text.slice(0, at);
      }
      const found = this.#forms.find((form) => text.startsWith(form, at));
      if (found === undefined) continue;
      said += text.slice(0, at) + HIDDEN;
      text = text.slice(at + found.length);
      at = -1;
    }
    return said + text;
  }

  end(): string {
    const rest = scrub(this.#held, this.#forms);
    this.#held = '';
    return rest;
  }
}

/** The longest first: none is left in parts. */
function formsOf(key: string | undefined): readonly string[] {
  if (key === undefined || key.length < SHORTEST_KEY) return [];
  const base64 = Buffer.from(key, 'utf8').toString('base64');
  const forms = [key, encodeURIComponent(key), base64, base64.replace(/=+$/, ''), Buffer.from(key, 'utf8').toString('base64url'), Buffer.from(key, 'utf8').toString('hex'), JSON.stringify(key).slice(1, -1)];
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}
