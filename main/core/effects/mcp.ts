/**
 * Effect kind `mcp`: calls a tool of an MCP server of the person, for a node that was granted this very server, tool and command line.
 * Tools may do anything outside, so none is called twice for one effect.
 */
import { toolResource, type Grant } from '../../../shared/design/grants';
import type { Result } from '../../../shared/errors/result';
import type { Json } from '../../../shared/json/json';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import type { ToolRequest } from '../../../shared/run/tool-request';
import { findServer, isAllowed, type ToolServers } from '../../../shared/run/tool-settings';
import type { CoreWorld } from '../core-world';
import { commandHash } from '../tools/command-hash';
import { ToolServer } from '../tools/tool-server';
import { notDone, type EffectOutcome, type EffectPerformer } from './perform-effect';

export type ToolsOptions = {
  readonly world: CoreWorld;
  /** Looked at for each call: an edit that was applied may have brought others. */
  readonly grants: () => readonly Grant[];
  /** Read for each call: whoever changes a command is heard at once, and it is no longer what was granted. */
  readonly servers: () => Promise<Result<ToolServers>>;
  /** Called with each answer, where answers are recorded. */
  readonly record?: (request: Json, answer: Json, tookMs: number) => Promise<void>;
  /** A server was started again. */
  readonly onRestarted: (server: string, starts: number) => void;
};

export class Tools implements EffectPerformer {
  readonly isRepeatable = false;
  readonly isOutput = false;
  readonly #options: ToolsOptions;
  /** By name and command line: another command is another server. */
  readonly #servers = new Map<string, ToolServer>();

  constructor(options: ToolsOptions) {
    this.#options = options;
  }

  async perform(effect: EffectRequest, signal: AbortSignal): Promise<EffectOutcome> {
    // Checked where it came in (engine-messages.ts).
    const request = effect.request as ToolRequest;
    const server = await this.#find(effect, request);
    if ('outcome' in server) return server.outcome;
    const { world, record } = this.#options;
    const [beganMs, starts] = [world.nowMs(), server.found.starts];
    const called = await server.found.call(request, signal);
    if (server.found.starts > starts && starts > 0) this.#options.onRestarted(request.server, server.found.starts);
    if (!called.ok) return notDone(effect, called.code, called.message);
    await record?.(effect.request, called.answer, world.nowMs() - beganMs);
    return { mode: 'live', ok: true, value: called.answer };
  }

  async #find(effect: EffectRequest, { server, tool }: ToolRequest): Promise<{ readonly found: ToolServer } | { readonly outcome: EffectOutcome }> {
    const refuse = (code: string, message: string): { readonly outcome: EffectOutcome } => ({ outcome: notDone(effect, code, message) });
    const node = effect.template ?? effect.node;
    const granted = this.#options.grants().flatMap((one) => (one.kind === 'mcp' && one.node === node ? (toolResource.safeParse(one.resource).data ?? []) : [])).find((one) => one.server === server && one.tools.includes(tool));
    if (!granted) return refuse('Unauthorized', `${node} has no grant to call ${tool} of the MCP server ${server}`);
    const read = await this.#options.servers();
    if (!read.ok) return refuse('noproc', `${read.error.code}: ${read.error.message}. ${read.error.fix}`);
    const settings = findServer(read.value, server);
    if (!settings) return refuse('noproc', `MCP012: no MCP server is called ${server} here`);
    if (!isAllowed(settings, tool)) return refuse('Unauthorized', `MCP014: ${tool} of ${server} is not among the tools that may be called here`);
    const hash = commandHash(settings);
    if (hash !== granted.command) return refuse('Unauthorized', `MCP013: the command of ${server} is another than was granted`);
    const key = `${server} ${hash}`;
    const known = this.#servers.get(key) ?? new ToolServer(server, settings, this.#options.world);
    this.#servers.set(key, known);
    return { found: known };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.close()));
  }
}
