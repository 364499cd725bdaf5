/**
 * What nodes of a simulated run ask of the world outside, and what it answers: outputs are taken and nothing is written; models and
 * tools answer from the cassettes of the project. What nobody has recorded has no answer, and the run no verdict (design section 7).
 */
import { z } from 'zod';
import type { Json } from '../../shared/json/json';
import { CASSETTE_KINDS, cassetteFile, cassetteText, piecesOf, type Cassette, type CassetteKind } from '../../shared/run/cassette';
import type { EffectAnswer, EffectRequest } from '../../shared/run/engine-protocol';

/** By the text of their request (`cassetteText`). */
export type RecordedAnswers = ReadonlyMap<string, Pick<Cassette, 'answer' | 'pieces' | 'tookMs'>>;
/** As the core sends them. */
const json: z.ZodType<Json> = z.json();
export const sentCassette = z.strictObject({ asked: z.string(), answer: json, pieces: cassetteFile.shape.pieces, tookMs: z.number() });
export type SentCassette = Readonly<z.infer<typeof sentCassette>>;
export const readCassettes = (sent: readonly SentCassette[]): RecordedAnswers => new Map(sent.map(({ asked, ...recorded }) => [asked, recorded]));

/** `items`: what comes before the answer, and when. */
export type SimulatedAnswer = { readonly answer: EffectAnswer; readonly afterMs: number; readonly items: readonly { readonly value: Json; readonly afterMs: number }[] };

const isRecordable = (kind: EffectRequest['kind']): kind is CassetteKind => CASSETTE_KINDS.some((one) => one === kind);

/** `undefined`: nobody knows what the answer would be. */
export function simulateEffect({ key, kind, request }: EffectRequest, cassettes: RecordedAnswers, latencyMs: number): SimulatedAnswer | undefined {
  if (kind === 'console' || kind === 'file.append') return { answer: { key, mode: 'simulated', ok: true, value: null }, afterMs: latencyMs, items: [] };
  const found = isRecordable(kind) ? cassettes.get(cassetteText(kind, request)) : undefined;
  if (!found) return undefined;
  // Whatever a file says, nothing comes after the answer.
  const items = piecesOf(found).map(({ at, text, afterMs }) => ({ value: { at, text }, afterMs: latencyMs + Math.min(afterMs, found.tookMs) }));
  return { answer: { key, mode: 'recorded', ok: true, value: found.answer }, afterMs: latencyMs + found.tookMs, items };
}
