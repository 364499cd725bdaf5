/**
 * Effect kind `model`: asks a provider of the person what a node was granted to ask, keeps count of what it costs, and of what may still
 * be spent. Answers from cassettes where the provider is of kind `recorded`.
 */
import type { NodeId } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import { modelResource, type Grant } from '../../../shared/design/grants';
import { findGrant } from '../../../shared/program/needed-grants';
import type { Result } from '../../../shared/errors/result';
import { cassetteText, piecesOf, type Cassette } from '../../../shared/run/cassette';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import { estimateTokens, lengthOf } from '../../../shared/run/estimate-tokens';
import type { ModelPiece, ModelRequest } from '../../../shared/run/model-request';
import { costOf, findPrice, findProvider, type EndpointSettings, type Providers } from '../../../shared/run/provider-settings';
import type { CoreWorld } from '../core-world';
import { askEndpoint } from '../models/ask-endpoint';
import { readCassettes, writeCassette, type Cassettes } from '../models/cassettes';
import type { ModelFailure } from '../models/model-failure';
import { Pieces } from '../models/pieces';
import { Spend } from '../models/spend';
import { Turns } from '../models/turns';
import { findKey, type KeySources } from '../providers/find-key';
import { NOBODY_READS, notDone, type EffectOutcome, type EffectPerformer } from './perform-effect';

/** Calls that may wait for their turn at one provider; one more is refused. */
export const MOST_WAITING = 1000;

export type ModelsOptions = {
  readonly world: CoreWorld;
  readonly projectDir: string;
  /** Looked at for each call: an edit that was applied may have brought others. */
  readonly grants: () => readonly Grant[];
  /** Read for each call: an address, a price or a key may have changed meanwhile. */
  readonly providers: () => Promise<Result<Providers>>;
  readonly keys: KeySources;
  /** Answers go into the project's cassettes as well. */
  readonly records: boolean;
  readonly onTrouble: (words: string) => void;
};

type Asking = { readonly effect: EffectRequest; readonly node: NodeId; readonly request: ModelRequest; readonly grant: Grant; readonly signal: AbortSignal; readonly tell: Tell };
type Tell = (piece: ModelPiece) => void;

export class Models implements EffectPerformer {
  readonly isRepeatable = true;
  readonly isOutput = false;
  readonly spend = new Spend();
  readonly #options: ModelsOptions;
  readonly #turns = new Map<string, Turns>();
  /** In dollars, of calls under a cap, by grant: a cap is for one node and one model. */
  readonly #spentUsd = new Map<string, number>();
  /** Of answers that come in pieces, by key. */
  readonly #streams = new Map<string, Pieces>();
  #cassettes: Promise<Result<Cassettes>> | undefined;

  constructor(options: ModelsOptions) {
    this.#options = options;
  }

  async perform(effect: EffectRequest, signal: AbortSignal, tell: Tell): Promise<EffectOutcome> {
    // Checked where it came in (engine-messages.ts).
    const request = effect.request as unknown as ModelRequest;
    const { provider, model } = request;
    const node = effect.template ?? effect.node;
    const grant = findGrant(this.#options.grants(), { node, kind: 'model', resource: { provider, model } });
    if (!grant) return notDone(effect, 'Unauthorized', `${node} has no grant to ask model ${model} of provider ${provider}`);
    const read = await this.#options.providers();
    if (!read.ok) return notDone(effect, 'BadRequest', `${read.error.code}: ${read.error.message}. ${read.error.fix}`);
    const settings = findProvider(read.value, provider);
    if (!settings) return notDone(effect, 'BadRequest', `MDL006: no provider is called ${provider} here. Add it in Providers.`);
    if (settings.kind === 'recorded') return this.#playBack({ effect, request, node, tell });
    return this.#within({ effect, node, request, grant, signal, tell }, settings);
  }

  noteLost({ node, template }: EffectRequest): void {
    this.spend.repeated(template ?? node);
  }

  /** Whoever asks again has heard nothing of what was told before. A later attempt goes on under a key of its own (`<key>~2`). */
  askedAgain({ key }: EffectRequest): void {
    for (const [of, pieces] of this.#streams) if (of === key || of.startsWith(`${key}~`)) pieces.tellAgain();
  }

  async #playBack({ effect, request, node, tell }: Pick<Asking, 'effect' | 'request' | 'node' | 'tell'>): Promise<EffectOutcome> {
    this.#cassettes ??= readCassettes(this.#options.projectDir);
    const read = await this.#cassettes;
    if (!read.ok) return notDone(effect, 'BadRequest', `${read.error.code}: ${read.error.message}. ${read.error.fix}`);
    const found = read.value.get(cassetteText('model', effect.request));
    if (!found) this.spend.failed(node);
    if (!found) return notDone(effect, 'Unavailable', `no cassette answers this request of ${node}: ${wordRequest(request)}`);
    this.spend.answered(node, { usage: { inputTokens: 0, outputTokens: 0 }, costUsd: 0 }, 'recorded');
    for (const { at, text } of piecesOf(found)) tell({ at, text });
    return { mode: 'recorded', ok: true, value: found.answer };
  }

  /** Waits for its turn and asks, all within the time that the caller has left. */
  async #within(asking: Asking, settings: EndpointSettings): Promise<EffectOutcome> {
    const { world } = this.#options;
    const { effect, request, grant } = asking;
    const untilMs = world.nowMs() + request.timeoutMs;
    const over = new AbortController();
    const timer = world.setTimer(request.timeoutMs, () => over.abort());
    const leave = (): void => over.abort();
    asking.signal.addEventListener('abort', leave);
    const lines = [this.#turnsOf(request.provider, settings.concurrency), ...(capOf(grant) === undefined ? [] : [this.#turnsOf(nameOf(grant), 1)])];
    const got: Turns[] = [];
    try {
      if (lines.some(({ waiting }) => waiting >= MOST_WAITING)) return notDone(effect, 'RateLimited', `${MOST_WAITING} calls wait for provider ${request.provider} already`);
      // A cap is looked at when nobody else spends under it: what was spent is known then, and one call at most goes beyond.
      for (const line of lines.toReversed()) {
        if (!(await line.take(over.signal))) return this.#fail(asking, 'Unavailable', `its turn at provider ${request.provider} did not come within ${request.timeoutMs} ms`);
        got.push(line);
      }
      return await this.#ask(asking, settings, Math.ceil(untilMs - world.nowMs()));
    } finally {
      timer.cancel();
      asking.signal.removeEventListener('abort', leave);
      for (const line of got) line.giveBack();
    }
  }

  async #ask(asking: Asking, settings: EndpointSettings, leftMs: number): Promise<EffectOutcome> {
    const { effect, node, request, grant, signal } = asking;
    const refusal = this.#findCap(grant, settings, request);
    if (refusal !== undefined) return this.#fail(asking, 'Refused', refusal);
    const key = await findKey(request.provider, settings.keyFrom, this.#options.keys);
    if (!key.ok) return this.#fail(asking, 'Unauthorized', `${key.error.code}: ${key.error.message}. ${key.error.fix}`);
    const { world } = this.#options;
    const beganMs = world.nowMs();
    const pieces = request.operation === 'stream' ? new Pieces({ world, tell: asking.tell }) : undefined;
    if (pieces) this.#streams.set(effect.key, pieces);
    const asked = await askEndpoint({ request: { ...request, timeoutMs: Math.max(1, leftMs) }, settings, key: key.value, world, signal, onText: (text) => pieces?.add(text) });
    this.#streams.delete(effect.key);
    if (!asked.ok) return this.#breakOff(asking, settings, { failure: asked.failure, pieces });
    pieces?.end();
    const { answer } = asked;
    this.spend.answered(node, answer, 'live');
    this.#pay(grant, answer.costUsd);
    const value = { ...answer } as unknown as Json;
    if (this.#options.records) await this.#record({ request: effect.request, answer: value, ...(pieces ? { pieces: pieces.told } : {}), tookMs: world.nowMs() - beganMs });
    return { mode: 'live', ok: true, value };
  }

  #pay(grant: Grant, costUsd: number | null): void {
    this.#spentUsd.set(nameOf(grant), (this.#spentUsd.get(nameOf(grant)) ?? 0) + (costUsd ?? 0));
  }

  /** What had come of a stream is read to where it ends, and paid: nobody says how much, so it is guessed. */
  #breakOff(asking: Asking, settings: EndpointSettings, { failure, pieces }: { readonly failure: ModelFailure; readonly pieces: Pieces | undefined }): EffectOutcome {
    const { effect, node, request, grant, signal } = asking;
    const isLeft = signal.aborted && signal.reason === NOBODY_READS;
    const said = pieces?.text.length ?? 0;
    if (isLeft) pieces?.drop();
    else pieces?.end();
    if (!isLeft && said === 0) return this.#fail(asking, failure.code, failure.message, failure.data);
    const usage = { inputTokens: estimateTokens(lengthOf(request)), outputTokens: estimateTokens(said) };
    const costUsd = costOf(usage, findPrice(settings, request.model));
    this.spend.brokenOff(node, { usage, costUsd }, !isLeft);
    this.#pay(grant, costUsd);
    return isLeft ? notDone(effect, 'Unavailable', `${NOBODY_READS}: it was given up after ${said} characters`) : notDone(effect, failure.code, failure.message, failure.data);
  }

  #fail({ effect, node }: Asking, code: string, message: string, data?: Json): EffectOutcome {
    this.spend.failed(node);
    return notDone(effect, code, message, data);
  }

  #findCap(grant: Grant, settings: EndpointSettings, { model }: ModelRequest): string | undefined {
    const cap = capOf(grant);
    if (cap === undefined) return undefined;
    if (!findPrice(settings, model)) return `MDL008: ${grant.node} may spend $${cap} on ${model}, which has no price here`;
    const spent = this.#spentUsd.get(nameOf(grant)) ?? 0;
    return spent >= cap ? `${grant.node} has spent $${spent.toFixed(4)} on ${model}, of $${cap} that its grant allows in one run` : undefined;
  }

  #turnsOf(name: string, most: number): Turns {
    const turns = this.#turns.get(name) ?? new Turns(most);
    this.#turns.set(name, turns);
    return turns;
  }

  async #record(recorded: Omit<Cassette, 'format' | 'kind'>): Promise<void> {
    const written = await writeCassette(this.#options.projectDir, { kind: 'model', ...recorded });
    if (!written.ok) this.#options.onTrouble(`${written.error.message}; ${written.error.fix}`);
  }
}

const nameOf = ({ node, resource }: Grant): string => `${node} ${JSON.stringify(resource)}`;
const capOf = ({ resource }: Grant): number | undefined => modelResource.safeParse(resource).data?.maxUsd;

/** Enough of a request to know which it is. */
export function wordRequest({ model, operation, messages }: ModelRequest): string {
  const last = messages.at(-1)?.content ?? '';
  return `${operation} of ${model}: "${last.length > 200 ? `${last.slice(0, 200)}...` : last}"`;
}
