/**
 * Who this page is to the server. The link that `prismatic serve` prints has a one-time code in its fragment; the page changes it for
 * a token, keeps that for this tab alone, and takes the code out of the address.
 */
const KEPT_AS = 'prismatic-token';

export type Place = { readonly location: { readonly hash: string; readonly pathname: string }; readonly history: { replaceState(data: null, unused: string, url: string): void }; readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>; readonly fetch: typeof fetch };

export type Login = { readonly kind: 'token'; readonly token: string } | { readonly kind: 'refused'; readonly why: string } | { readonly kind: 'unreachable' };

export const forgetToken = (place: Place): void => place.storage.removeItem(KEPT_AS);

export async function logIn(place: Place): Promise<Login> {
  const code = /^#code=([A-Za-z0-9_-]{10,100})$/.exec(place.location.hash)?.[1];
  const kept = place.storage.getItem(KEPT_AS);
  if (code === undefined) return kept ? { kind: 'token', token: kept } : { kind: 'refused', why: 'This page was opened without a link of its own.' };
  const token = await exchange(place, code);
  if (token.kind !== 'unreachable') place.history.replaceState(null, '', place.location.pathname);
  if (token.kind === 'token') place.storage.setItem(KEPT_AS, token.token);
  // A link that was used before, in a tab that has its token still.
  return token.kind === 'refused' && kept ? { kind: 'token', token: kept } : token;
}

async function exchange(place: Place, code: string): Promise<Login> {
  try {
    const answer = await place.fetch('/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
    if (!answer.ok) return { kind: 'refused', why: 'This link has been used already or is older than a minute.' };
    const { token } = (await answer.json()) as { readonly token: string };
    return { kind: 'token', token };
  } catch {
    return { kind: 'unreachable' };
  }
}
