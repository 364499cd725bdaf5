/** Takes a key out of words that come from outside, in the forms in which a provider may give it back. */
const HIDDEN = '[key]';
/** A shorter text is too likely to stand there for another reason; no provider has such keys. */
const SHORTEST_KEY = 8;

export function scrubKey(text: string, key: string | undefined): string {
  if (key === undefined || key.length < SHORTEST_KEY) return text;
  const base64 = Buffer.from(key, 'utf8').toString('base64');
  const forms = [key, encodeURIComponent(key), base64, base64.replace(/=+$/, ''), Buffer.from(key, 'utf8').toString('base64url'), Buffer.from(key, 'utf8').toString('hex'), JSON.stringify(key).slice(1, -1)];
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length).reduce((left, form) => left.replaceAll(form, HIDDEN), text);
}
