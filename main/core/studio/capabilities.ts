/** What a run of a program would reach, in words that a person can judge (contract section 4). */
import { createHash } from 'node:crypto';
import { assertNever } from '../../../shared/assert';
import type { Capability } from '../../../shared/api/run';
import type { Grant, ToolResource } from '../../../shared/design/grants';
import { canonicalJson } from '../../../shared/json/canonical';
import { neededGrants } from '../../../shared/program/needed-grants';
import { findPrice, findProvider, type Providers } from '../../../shared/run/provider-settings';
import { findServer, wordCommand, type ToolServers } from '../../../shared/run/tool-settings';
import { commandHash } from '../tools/command-hash';
import type { Program, ProgramAgent, ProgramNode, ProgramSink, ProgramSource, ProgramToolNode } from '../../../shared/program/program';

/**
 * In the order of the tree, one line for each thing that a node reaches. `needsGrant` is beyond the project and the output folder
 * (`shared/program/needed-grants.ts`); the compiler refuses paths outside. `providers`: the person's own, so that the line says where
 * words go; `servers`: the same for tools, so that it says what is started.
 */
export function capabilitiesOf(program: Program, { providers = {}, servers = {} }: Registries = {}): readonly Capability[] {
  const needs = neededGrants(program);
  return Object.values(program.nodes).flatMap((node) => (node.kind === 'tool' ? needs.filter((need) => need.node === node.id).map((need) => ofTool(need, servers)) : capabilityOf(node, providers)));
}

export type Registries = { readonly providers?: Providers; readonly servers?: ToolServers };

/** Changes whenever a line does: what was confirmed for one list is not confirmed for another. */
export const hashCapabilities = (list: readonly Capability[]): string => `sha256:${createHash('sha256').update(canonicalJson(list)).digest('hex')}`;

function capabilityOf(node: Exclude<ProgramNode, ProgramToolNode>, providers: Providers): readonly Capability[] {
  switch (node.kind) {
    case 'agent':
      return ofAgent(node, providers);
    case 'source':
      return [{ node: node.id, needsGrant: false, ...ofSource(node) }];
    case 'sink':
      return [{ node: node.id, needsGrant: false, ...ofSink(node) }];
    case 'supervisor':
    case 'router':
    case 'timer':
    case 'human':
      return [];
    default:
      return assertNever(node);
  }
}

/** A scripted agent answers by its rules and reaches nothing. */
function ofAgent({ id, behaviour }: ProgramAgent, providers: Providers): readonly Capability[] {
  if (behaviour.type === 'model' && behaviour.provider !== undefined && behaviour.model !== undefined) return [{ node: id, kind: 'model', says: wordModel(behaviour.provider, behaviour.model, providers), needsGrant: true }];
  if (behaviour.type !== 'code') return [];
  return [{ node: id, kind: 'handler', says: `runs ${behaviour.file} in the sandbox, without files, network or environment`, needsGrant: false }];
}

/** The command line stands there in full: it is what would be started. */
function ofTool({ node, resource }: Grant, servers: ToolServers): Capability {
  const { server, tools } = resource as Pick<ToolResource, 'server' | 'tools'>;
  const settings = findServer(servers, server);
  const calls = tools.length === 0 ? 'calls nothing of it' : `calls ${tools.join(', ')}`;
  if (!settings) return { node, kind: 'mcp', says: `${calls} of your MCP server ${server}, which you have not set up`, needsGrant: true };
  // Values of variables are not shown, and another value is another program: the hash tells them apart.
  return { node, kind: 'mcp', says: `starts ${wordCommand(settings)} (${commandHash(settings).slice(0, 19)}), which can do whatever you can, and ${calls}`, needsGrant: true };
}

function wordModel(provider: string, model: string, providers: Providers): string {
  const settings = findProvider(providers, provider);
  if (!settings) return `asks model ${model} of your provider ${provider}, which you have not set up`;
  if (settings.kind === 'recorded') return `is answered from the cassettes of the project in the place of model ${model}`;
  const price = findPrice(settings, model);
  const words = price ? `at $${price.inputUsd} and $${price.outputUsd} for a million tokens in and out` : 'at a price that is not known here';
  return `sends what it is asked to model ${model} of your provider ${provider} at ${settings.baseUrl}, ${words}`;
}

function ofSource({ behaviour }: ProgramSource): Pick<Capability, 'kind' | 'says'> {
  if (behaviour.type === 'stdin') return { kind: 'stdin', says: 'reads the standard input, which is empty in the Studio' };
  const follows = behaviour.mode === 'lines' && behaviour.follow;
  return { kind: 'file.read', says: `reads ${behaviour.path} of the project${follows ? ', and what is added to it' : ''}` };
}

function ofSink({ behaviour }: ProgramSink): Pick<Capability, 'kind' | 'says'> {
  if (behaviour.type === 'console') return { kind: 'console', says: 'shows values in Run' };
  return { kind: 'file.append', says: `appends to .prismatic/out/${behaviour.path} of the project` };
}
