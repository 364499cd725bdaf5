/** What a run of a program would reach, in words that a person can judge (contract section 4). */
import { createHash } from 'node:crypto';
import { assertNever } from '../../../shared/assert';
import type { Capability } from '../../../shared/api/run';
import { canonicalJson } from '../../../shared/json/canonical';
import type { Program, ProgramAgent, ProgramNode, ProgramSink, ProgramSource } from '../../../shared/program/program';

/**
 * In the order of the tree, one line for each thing that a node reaches. No node of this version reaches beyond the project and
 * the output folder (the compiler refuses paths outside), so `needsGrant` is false for every one of them.
 */
export function capabilitiesOf(program: Program): readonly Capability[] {
  return Object.values(program.nodes).flatMap((node) => capabilityOf(node));
}

/** Changes whenever a line does: what was confirmed for one list is not confirmed for another. */
export const hashCapabilities = (list: readonly Capability[]): string => `sha256:${createHash('sha256').update(canonicalJson(list)).digest('hex')}`;

function capabilityOf(node: ProgramNode): readonly Capability[] {
  switch (node.kind) {
    case 'agent':
      return ofAgent(node);
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
function ofAgent({ id, behaviour }: ProgramAgent): readonly Capability[] {
  if (behaviour.type !== 'code') return [];
  return [{ node: id, kind: 'handler', says: `runs ${behaviour.file} in the sandbox, without files, network or environment`, needsGrant: false }];
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
