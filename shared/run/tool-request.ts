/**
 * What a node asks an MCP server for through the core (effect kind `mcp`), and what comes back. The core knows the server by the name that
 * it has in the person's own registry; a design holds no command.
 */
import { z } from 'zod';
import type { Json } from '../json/json';

const json: z.ZodType<Json> = z.json();
const name = z.string().min(1).max(200);

export const toolRequest = z.strictObject({
  server: name,
  /** As the server calls it. */
  tool: name,
  input: z.record(z.string(), json),
  /** Time left of the call that it is made for. */
  timeoutMs: z.int().min(1).max(86_400_000),
});

export const toolAnswer = z.strictObject({
  /** All texts of the answer, a line apart; what is no text (an image, a link) is named in brackets. */
  text: z.string(),
  /** The value itself, where the server gives one. */
  value: json.optional(),
  /** The tool says that it failed. */
  isError: z.boolean(),
});

export type ToolRequest = z.infer<typeof toolRequest>;
export type ToolAnswer = z.infer<typeof toolAnswer>;

/** What an operation declares for the failure that a tool itself reports. */
export const TOOL_FAILED = 'ToolFailed';
