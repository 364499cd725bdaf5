/** What is answered over plain HTTP: the page's files, the exchange of a code for the token, and requests that are too large for a socket. */
import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { pageHeaders } from '../../shared/api/content-policy';
import { POSTED } from '../../shared/api/served';
import { readPageFile } from '../core/studio/page-files';
import type { Studio } from '../core/studio/studio';
import type { Passes } from './passes';

const MOST_LOGIN_BYTES = 1024 * 1024;
const MOST_ADDRESS = 2048;

export type RouteParts = { readonly passes: Passes; readonly studio: Studio; readonly page: string };

const refuse = (c: Context, status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 500, why: string): Response => c.text(why, status, { connection: 'close' });
const isJson = (c: Context): boolean => (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase() === 'application/json';
const tooLarge = (c: Context): Response => refuse(c, 413, 'too large');

async function readJson(c: Context): Promise<{ readonly value: unknown } | undefined> {
  try {
    return { value: await c.req.json<unknown>() };
  } catch {
    return undefined;
  }
}

type Parts = { readonly Variables: { nonce: string }; readonly Bindings: { readonly incoming: { readonly url: string } } };

export function makeRoutes({ passes, studio, page }: RouteParts): Hono<Parts> {
  const app = new Hono<Parts>();
  app.use(async (c, next) => {
    const nonce = randomBytes(16).toString('base64');
    c.set('nonce', nonce);
    await next();
    for (const [name, value] of Object.entries(pageHeaders(nonce))) c.res.headers.set(name, value);
  });
  app.onError((_, c) => refuse(c, 500, 'failed'));

  app.post('/login', async (c, next) => (c.req.header('origin') === undefined ? refuse(c, 403, 'origin required') : isJson(c) ? next() : refuse(c, 415, 'json only')), bodyLimit({ maxSize: MOST_LOGIN_BYTES, onError: tooLarge }), async (c) => {
    const body = await readJson(c);
    if (!body) return refuse(c, 400, 'json');
    const token = passes.exchange((body.value as { readonly code?: unknown } | null)?.code);
    return token === undefined ? refuse(c, 401, 'code') : c.json({ token });
  });

  for (const [name, maxSize] of Object.entries(POSTED)) {
    // A form of another site can't send this type; and nothing is read before the token is seen.
    app.post(`/api/${name}`, async (c, next) => (!isJson(c) ? refuse(c, 415, 'json only') : passes.isToken((c.req.header('authorization') ?? '').replace(/^Bearer /, '')) ? next() : refuse(c, 401, 'token')), bodyLimit({ maxSize, onError: tooLarge }), async (c) => {
      const body = await readJson(c);
      return body ? c.json(await studio.request(name, body.value, { id: 'posted', emit: () => undefined })) : refuse(c, 400, 'json');
    });
  }

  app.get('*', async (c) => {
    const path = /^[^?#]*/.exec(c.env.incoming.url)![0];
    const file = await readPageFile(page, path, c.get('nonce'));
    if (file.status !== 200) return refuse(c, file.status, 'no such file');
    return c.body(new Uint8Array(file.body), 200, { 'content-type': file.type });
  });
  // There is no answer to a preflight: other origins get nothing.
  app.all('*', (c) => refuse(c, 405, 'method'));
  return app;
}

/** Only the origin form of an address; `GET http://elsewhere/` is for proxies. */
export const isPlainAddress = (url: string | undefined): boolean => url !== undefined && url.startsWith('/') && url.length <= MOST_ADDRESS;
