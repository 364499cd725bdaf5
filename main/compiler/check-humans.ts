/** Humans: who calls them waits long enough, and what they do not answer in time goes to somebody who can. */
import { ESCALATION_PORT } from '../../shared/design/nodes/human';
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { ProgramProtocol } from '../../shared/program/program';
import { DEFAULT_CALL_TIMEOUT_MS } from '../../shared/run/call-failure';
import type { Problems } from './problems';
import type { ReadDesign, ReadWire } from './read-design';

export function checkHumans(design: ReadDesign, protocols: ReadonlyMap<string, ProgramProtocol>, problems: Problems): void {
  for (const [id, node] of design.nodes) {
    if (node.kind !== 'human') continue;
    const at = { file: DESIGN_FILE, node: id };
    for (const [port, protocol] of Object.entries(node.requires)) {
      const field = `requires.${port}`;
      if (port !== ESCALATION_PORT) problems.add({ code: 'HUM004', at: { ...at, field }, got: port, message: `${id} has a port ${port}, and a human calls nobody but over ${ESCALATION_PORT}`, fix: `Call it ${ESCALATION_PORT}, or take it away.` });
      else if (!node.provides.includes(protocol)) problems.add({ code: 'HUM003', at: { ...at, field }, got: protocol, message: `the escalation of ${id} speaks ${protocol}, and ${id} is asked ${node.provides.join(', ') || 'nothing'}`, fix: `Let it require ${node.provides[0] ?? 'what the human provides'}.` });
    }
    for (const name of node.provides) {
      for (const [operation, { kind, optional }] of Object.entries(protocols.get(name)?.operations ?? {})) {
        if (kind === 'cast') problems.add({ code: 'HUM005', at: { ...at, field: 'provides' }, got: operation, message: `${operation} of ${name} is a cast, and ${id} is a person who can only be asked`, fix: 'Make it a call, or let a sink have it.' });
        if (kind === 'stream' && !optional) problems.add({ code: 'HUM009', at: { ...at, field: 'provides' }, got: operation, message: `${operation} of ${name} is a stream, and ${id} is a person who gives one answer`, fix: 'Make it a call; its answer may be a list.' });
      }
    }
    for (const wire of wiresInto(id, design)) {
      const waitMs = wire.guards.find((guard) => guard.kind === 'timeout')?.ms ?? DEFAULT_CALL_TIMEOUT_MS;
      const wantsMore = Object.hasOwn(node.requires, ESCALATION_PORT) ? waitMs <= node.deadlineMs : waitMs < node.deadlineMs;
      if (wantsMore) problems.add({ code: 'HUM002', at: { file: DESIGN_FILE, field: `wires.${wire.index}` }, got: waitMs, message: `calls over ${wire.from} give up after ${waitMs} ms, and ${id} has ${node.deadlineMs} ms to answer`, fix: `Put a timeout of more than ${node.deadlineMs} ms on the wire, or give ${id} less time.` });
    }
  }
}

/** Where a call to the node begins to wait: a router without a guard passes on what its callers have left. */
function wiresInto(id: string, design: ReadDesign, seen: ReadonlySet<string> = new Set()): readonly ReadWire[] {
  return design.wires.flatMap((wire): readonly ReadWire[] => {
    if (wire.to !== id) return [];
    const from = wire.from.slice(0, wire.from.indexOf('.'));
    if (design.nodes.get(from)?.kind !== 'router' || wire.guards.some(({ kind }) => kind === 'timeout')) return [wire];
    return seen.has(from) ? [] : wiresInto(from, design, new Set([...seen, id]));
  });
}
