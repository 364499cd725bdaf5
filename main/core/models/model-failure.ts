/** From what the endpoint or its library says to one of the errors that `Model` declares. Words are kept short, and a key never stays in them. */
import type { Json } from '../../../shared/json/json';
import type { ModelErrorCode } from '../../../shared/run/model-words';
import { scrubKey } from '../providers/scrub-key';

export type ModelFailure = { readonly code: ModelErrorCode; readonly message: string; readonly data?: Json };

/** Thrown by our own parts of a call, with its code. */
export class ModelCallError extends Error {
  readonly failure: ModelFailure;

  constructor(code: ModelErrorCode, message: string, data?: Json) {
    super(message);
    this.name = 'ModelCallError';
    this.failure = { code, message, ...(data === undefined ? {} : { data }) };
  }
}

const MOST_WORDS = 500;
const LONGEST_WAIT_MS = 86_400_000;

/** What the libraries' own error carries; other fields of it hold the request, and are not looked at. */
type ApiError = { readonly statusCode?: number; readonly responseHeaders?: Readonly<Record<string, string>>; readonly responseBody?: string };

export function describeFailure(error: unknown, key: string | undefined, unixMs: number): ModelFailure {
  const found = failureOf(error, unixMs);
  return { ...found, message: scrubKey(found.message, key).slice(0, MOST_WORDS) };
}

function failureOf(error: unknown, unixMs: number): ModelFailure {
  const own = causesOf(error).find((one) => one instanceof ModelCallError);
  if (own instanceof ModelCallError) return own.failure;
  const api = error instanceof Error && error.name === 'AI_APICallError' ? (error as Error & ApiError) : undefined;
  if (api?.statusCode !== undefined && (api.statusCode < 200 || api.statusCode > 299)) return ofStatus(api.statusCode, wordsOf(error, api.responseBody), api, unixMs);
  const causes = causesOf(error);
  const cut = causes.find((one) => codeOf(one) in UNREACHED);
  if (cut !== undefined) return { code: 'Unavailable', message: `the provider can't be reached: ${UNREACHED[codeOf(cut)]} (${describe(cut)})` };
  return { code: 'Unavailable', message: `the provider did not answer as it should: ${[...new Set(causes.map(describe))].join(': ')}` };
}

/** What the network says, in words of people. */
const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at its address',
  ENOTFOUND: 'no computer has that name',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'no way leads to it',
  ENETUNREACH: 'no way leads to it',
  ETIMEDOUT: 'it did not take the connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not take the connection in time',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody that is trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};
const codeOf = (error: unknown): string => {
  const code = at(error, 'code');
  return typeof code === 'string' ? code : '';
};

function ofStatus(status: number, words: string, api: ApiError, unixMs: number): ModelFailure {
  const message = `${status}: ${words}`;
  if (status === 429 && /insufficient_quota|billing/i.test(api.responseBody ?? '')) return { code: 'Unauthorized', message: `${message} (no credit is left there)` };
  if (status === 429) return { code: 'RateLimited', message, ...retryAfter(api.responseHeaders ?? {}, unixMs) };
  if (status === 401 || status === 403) return { code: 'Unauthorized', message };
  if (status === 413 || isAboutContext(`${words} ${api.responseBody ?? ''}`)) return { code: 'ContextTooLong', message };
  if (/content_filter|content_policy|safety/i.test(api.responseBody ?? '')) return { code: 'Refused', message };
  // 408 and 409 pass by themselves; 529 is what Anthropic says when it has too much to do.
  if (status >= 500 || status === 408 || status === 409) return { code: 'Unavailable', message, ...retryAfter(api.responseHeaders ?? {}, unixMs) };
  return { code: 'BadRequest', message };
}

const isAboutContext = (text: string): boolean => /context_length_exceeded|maximum context length|prompt is too long|context window|input is too long|exceeds? the (available )?context/i.test(text);

/** `retry-after-ms`, or `retry-after` as seconds or as a date (RFC 9110, section 10.2.3). */
export function retryAfter(headers: Readonly<Record<string, string>>, unixMs: number): { readonly data?: { readonly retryAfterMs: number } } {
  const exact = Number(headers['retry-after-ms']);
  const given = headers['retry-after'];
  const seconds = Number(given);
  const ms = headers['retry-after-ms'] !== undefined && Number.isFinite(exact) ? exact : given === undefined ? Number.NaN : Number.isFinite(seconds) ? seconds * 1000 : Date.parse(given) - unixMs;
  return Number.isFinite(ms) ? { data: { retryAfterMs: Math.round(Math.min(Math.max(ms, 0), LONGEST_WAIT_MS)) } } : {};
}

function wordsOf(error: unknown, body: string | undefined): string {
  const parsed = body === undefined ? undefined : parseJson(body);
  const inner = at(parsed, 'error');
  const said = [at(inner, 'message'), inner, at(parsed, 'message')].find((one) => typeof one === 'string');
  return said ?? (error instanceof Error ? error.message : 'no words');
}

const at = (value: unknown, field: string): unknown => (value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[field] : undefined);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An error and what it came from, outermost first; a library may wrap in circles. */
function causesOf(error: unknown): readonly unknown[] {
  const found: unknown[] = [];
  for (let one = error; one !== undefined && one !== null && found.length < 6 && !found.includes(one); one = one instanceof Error ? one.cause : undefined) found.push(one);
  return found;
}

function describe(error: unknown): string {
  if (error instanceof Error) return 'code' in error && error.message === '' ? String(error.code) : error.message;
  const said = at(error, 'message');
  return typeof said === 'string' ? said : typeof error === 'string' ? error : 'unknown';
}
