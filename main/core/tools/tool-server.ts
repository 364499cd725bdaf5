/** One MCP server: started at its first call, and again at the next one after it died. Calls may be several at a time. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { CallToolResultSchema, ErrorCode, ListToolsResultSchema, McpError, type CallToolResult, type Tool } from '@modelcontextprotocol/sdk/types.js';
import type { jsonSchemaValidator, JsonSchemaValidatorResult } from '@modelcontextprotocol/sdk/validation/types.js';
import type { Json } from '../../../shared/json/json';
import type { ToolAnswer, ToolRequest } from '../../../shared/run/tool-request';
import type { ToolServerSettings } from '../../../shared/run/tool-settings';
import type { CoreWorld } from '../core-world';
import { StdioTransport } from './stdio-transport';

/** From its start to its first word. */
const START_MS = 10_000;
/** How long one that let a call run out of time may take to say that it is alive. */
const PING_MS = 2000;
/** Calls of one server that are open at a time; one more is refused. */
export const MOST_OPEN = 64;
/** Characters of an answer. */
export const MOST_TEXT = 1024 * 1024;

/** Tools that are listed of one server. */
const MOST_TOOLS = 1000;

export type ToolOutcome = { readonly ok: true; readonly answer: ToolAnswer } | { readonly ok: false; readonly code: 'timeout' | 'noproc' | 'callee_exit' | 'overloaded' | 'invalid' | 'ToolFailed'; readonly message: string };
/** It is we who check what a tool answers, against the protocol; the SDK's own check makes code out of the server's schemas. */
const UNCHECKED: jsonSchemaValidator = { getValidator: <T>() => (value: unknown): JsonSchemaValidatorResult<T> => ({ valid: true, data: value as T, errorMessage: undefined }) };

const CODES: Readonly<Record<'late' | 'closed' | 'invalid', number>> = { late: ErrorCode.RequestTimeout, closed: ErrorCode.ConnectionClosed, invalid: ErrorCode.InvalidParams };
type Up = { readonly client: Client; readonly transport: StdioTransport };
const fail = (code: Extract<ToolOutcome, { ok: false }>['code'], message: string): ToolOutcome => ({ ok: false, code, message });

export class ToolServer {
  readonly #name: string;
  readonly #settings: ToolServerSettings;
  readonly #world: CoreWorld;
  #up: Promise<Up | { readonly why: string }> | undefined;
  #transport: StdioTransport | undefined;
  #open = 0;
  /** How often it was started. */
  starts = 0;

  constructor(name: string, settings: ToolServerSettings, world: CoreWorld) {
    this.#name = name;
    this.#settings = settings;
    this.#world = world;
  }

  async call({ tool, input, timeoutMs }: ToolRequest, signal: AbortSignal): Promise<ToolOutcome> {
    if (this.#open >= MOST_OPEN) return fail('overloaded', `${MOST_OPEN} calls of ${this.#name} are open already`);
    this.#open += 1;
    const untilMs = this.#world.nowMs() + timeoutMs;
    try {
      const up = await this.#within(this.#start(), timeoutMs);
      if (!up) return fail('timeout', `${this.#name} did not start within ${timeoutMs} ms`);
      if ('why' in up) return fail('noproc', `${this.#name} is not there: ${up.why}`);
      return await this.#ask(up, { tool, input }, Math.max(1, Math.ceil(untilMs - this.#world.nowMs())), signal);
    } finally {
      this.#open -= 1;
    }
  }

  /** What it offers, page by page. Throws what it says where it is gone, late, or answers what is no list. */
  async list(timeoutMs: number): Promise<readonly Tool[]> {
    const up = await this.#within(this.#start(), timeoutMs);
    if (!up) throw new Error(`it did not start within ${timeoutMs} ms`);
    if ('why' in up) throw new Error(up.why);
    const tools: Tool[] = [];
    let cursor: string | undefined;
    do {
      const page = await up.client.request({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } }, ListToolsResultSchema, { timeout: timeoutMs }).catch((error: unknown) => {
        throw new Error(up.transport.end ?? wordError(error));
      });
      tools.push(...page.tools);
      cursor = page.nextCursor;
    } while (cursor !== undefined && tools.length < MOST_TOOLS);
    return tools.slice(0, MOST_TOOLS);
  }

  /** A start that takes longer than a caller has goes on: the next one finds it up. */
  async #within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
    let timer: { readonly cancel: () => void } | undefined;
    const over = new Promise<undefined>((resolve) => { timer = this.#world.setTimer(ms, () => resolve(undefined)); });
    try {
      return await Promise.race([promise, over]);
    } finally {
      timer?.cancel();
    }
  }

  #start(): Promise<Up | { readonly why: string }> {
    if (this.#up) return this.#up;
    const up = this.#connect(() => {
      if (this.#up === up) this.#up = undefined;
    });
    this.#up = up;
    return up;
  }

  async #connect(onGone: () => void): Promise<Up | { readonly why: string }> {
    this.starts += 1;
    const transport = new StdioTransport(this.#settings, this.#world);
    this.#transport = transport;
    const client = new Client({ name: 'prismatic-studio', version: '1' }, { jsonSchemaValidator: UNCHECKED });
    client.onclose = onGone;
    try {
      await client.connect(transport, { timeout: START_MS });
      return { client, transport };
    } catch (error) {
      onGone();
      transport.kill(`it did not greet: ${wordError(error)}`);
      return { why: transport.end ?? 'it did not greet' };
    }
  }

  async #ask({ client, transport }: Up, { tool, input }: Pick<ToolRequest, 'tool' | 'input'>, timeoutMs: number, signal: AbortSignal): Promise<ToolOutcome> {
    try {
      const result = await client.request({ method: 'tools/call', params: { name: tool, arguments: input } }, CallToolResultSchema, { timeout: timeoutMs, maxTotalTimeout: timeoutMs, signal });
      return readResult(result, this.#name);
    } catch (error) {
      if (transport.end !== undefined) return fail('callee_exit', `${this.#name} is gone: ${transport.end}`);
      if (signal.aborted) return fail('callee_exit', 'the run is over');
      if (!(error instanceof McpError)) return fail('ToolFailed', `${this.#name} answers what is no answer to ${tool}: ${wordError(error)}`);
      if (error.code === CODES.late) return this.#late({ client, transport }, tool, timeoutMs);
      if (error.code === CODES.closed) return fail('callee_exit', `${this.#name} is gone`);
      return fail(error.code === CODES.invalid ? 'invalid' : 'ToolFailed', wordError(error));
    }
  }

  /** One that hangs would let every later call run out of time as well: it is ended, and started at the next call. */
  #late({ client, transport }: Up, tool: string, timeoutMs: number): ToolOutcome {
    void client.ping({ timeout: PING_MS }).catch(() => transport.kill(`it did not answer for ${PING_MS} ms`));
    return fail('timeout', `${tool} of ${this.#name} did not answer within ${timeoutMs} ms`);
  }

  async close(): Promise<void> {
    await this.#transport?.close();
  }
}

function readResult({ content, structuredContent, isError }: CallToolResult, name: string): ToolOutcome {
  const text = content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join('\n');
  if (text.length > MOST_TEXT) return fail('ToolFailed', `${name} answers with ${text.length} characters, more than ${MOST_TEXT}`);
  return { ok: true, answer: { text, ...(structuredContent === undefined ? {} : { value: structuredContent as Json }), isError: isError === true } };
}

const LONGEST = 500;
const wordError = (error: unknown): string => (error instanceof Error ? error.message : 'unknown').slice(0, LONGEST);
