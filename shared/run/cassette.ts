/** A cassette: what was asked of the world outside, and what it answered, to be answered the same way again. One file of `cassettes/`. */
import { z } from 'zod';
import { canonicalJson } from '../json/canonical';
import type { Json } from '../json/json';
import type { ModelPiece } from './model-request';

export const CASSETTE_FORMAT = 'prismatic-cassette/1';
export const CASSETTE_FOLDER = 'cassettes';
export const CASSETTE_KINDS = ['model', 'mcp'] as const;
export type CassetteKind = (typeof CASSETTE_KINDS)[number];

const json: z.ZodType<Json> = z.json();
export const cassetteFile = z.strictObject({
  format: z.literal(CASSETTE_FORMAT).describe('The format and its version.'),
  kind: z.enum(CASSETTE_KINDS).describe('What was asked: a model, or a tool of an MCP server.'),
  request: json.describe('What was asked, without the time that was left for it. The file is called by its hash.'),
  answer: json.describe('What came back.'),
  pieces: z.array(z.strictObject({ text: z.string().min(1), afterMs: z.int().min(0) })).readonly().optional().describe('Of a stream: what came before the answer, and when, in milliseconds after the question.'),
  tookMs: z.int().min(0).describe('How long that took: as long as it takes in the simulated world.'),
});
export type Cassette = z.infer<typeof cassetteFile>;

/** Equal requests have equal texts. How much time a caller has left is no part of what is asked. */
export function cassetteText(kind: CassetteKind, request: Json): string {
  const { timeoutMs: _, ...asked } = request as { readonly [field: string]: Json };
  return canonicalJson({ kind, request: asked });
}

/** As the pieces were told; of what was recorded in one piece there are none. */
export function piecesOf({ pieces = [] }: Pick<Cassette, 'pieces'>): readonly (ModelPiece & { readonly afterMs: number })[] {
  let at = 0;
  return pieces.map(({ text, afterMs }) => {
    const piece = { at, text, afterMs };
    at += text.length;
    return piece;
  });
}
