/** Asks an endpoint which models it has: `GET /models`, which all three kinds answer alike. */
import { z } from 'zod';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { EndpointSettings } from '../../../shared/run/provider-settings';
import type { CoreWorld } from '../core-world';
import { addressOf } from './endpoint';
import { scrubKey } from '../providers/scrub-key';
import { describeFailure, ModelCallError } from './model-failure';
import { watchedFetch } from './watched-fetch';

const TIMEOUT_MS = 15_000;
const MOST_NAMES = 1000;
/** What Anthropic's API wants to be told; the version that its library speaks. */
const ANTHROPIC_VERSION = '2023-06-01';
const answer = z.object({ data: z.array(z.object({ id: z.string().min(1).max(200) })) });

export async function listModels({ settings, key, world }: { readonly settings: EndpointSettings; readonly key: string | undefined; readonly world: CoreWorld }): Promise<Result<readonly string[]>> {
  const end = new AbortController();
  const timer = world.setTimer(TIMEOUT_MS, () => end.abort(new ModelCallError('Unavailable', `no answer within ${TIMEOUT_MS} ms`)));
  try {
    const ask = watchedFetch({ idleMs: settings.idleMs, world, abort: (why) => end.abort(why) });
    const response = await ask(`${addressOf(settings)}/models`, { headers: headersOf(settings, key), signal: end.signal });
    const text = await response.text();
    if (!response.ok) throw Object.assign(new Error(response.statusText), { name: 'AI_APICallError', statusCode: response.status, responseBody: text });
    const parsed = answer.safeParse(JSON.parse(text));
    if (!parsed.success) throw new ModelCallError('Unavailable', 'its answer is no list of models');
    return ok([...new Set(parsed.data.data.map(({ id }) => scrubKey(id, key)))].slice(0, MOST_NAMES).toSorted());
  } catch (error) {
    const { code, message } = describeFailure(end.signal.aborted ? end.signal.reason : error, key, world.unixMs());
    return failed({ code: 'MDL011', message: `the list of models can't be had: ${code}: ${message}`, fix: 'Check the address and the key, or write the names of the models yourself.' });
  } finally {
    timer.cancel();
  }
}

function headersOf({ kind }: EndpointSettings, key: string | undefined): Record<string, string> {
  if (kind === 'anthropic') return { 'anthropic-version': ANTHROPIC_VERSION, ...(key === undefined ? {} : { 'x-api-key': key }) };
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}
