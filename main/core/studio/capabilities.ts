/** What a run of a program would reach, in words that a person can judge (contract section 4). */
import { createHash } from 'node:crypto';
import { assertNever } from '../../../shared/assert';
import type { Capability } from '../../../shared/api/run';
import { canonicalJson } from '../../../shared/json/canonical';
import { findPrice, findProvider, type Providers } from '../../../shared/run/provider-settings';
import type { Program, ProgramAgent, ProgramNode, ProgramSink, ProgramSource, ProgramToolNode } from '../../../shared/program/program';

/**
 * In the order of the tree, one line for each thing that a node reaches. `needsGrant` is beyond the project and the output folder
 * (`shared/program/needed-grants.ts`); the compiler refuses paths outside. `providers`: the person's own, so that the line says where
 * words go.
 */
export function capabilitiesOf(program: Program, providers: Providers = {}): readonly Capability[] {
  return Object.values(program.nodes).flatMap((node) => capabilityOf(node, providers));
}

/** Changes whenever a line does: what was confirmed for one list is not confirmed for another. */
export const hashCapabilities = (list: readonly Capability[]): string => `sha256:${createHash('sha256').update(canonicalJson(list)).digest('hex')}`;

function capabilityOf(node: ProgramNode, providers: Providers): readonly Capability[] {
  switch (node.kind) {
    case 'agent':
      return ofAgent(node, providers);
    case 'source':
      return [{ node: node.id, needsGrant: false, ...ofSource(node) }];
    case 'sink':
      return [{ node: node.id, needsGrant: false, ...ofSink(node) }];
    case 'tool':
      return [ofTool(node)];
    case 'supervisor':
    case 'router':
    case 'timer':
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
function ofTool(node: ProgramToolNode): Capability {
  return { node: node.id, kind: 'mcp', says: `calls the MCP server ${node.server} on this machine, which can do whatever you can`, needsGrant: true };
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
