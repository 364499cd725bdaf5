/** Edits of adapters, which let a wire end at a node that provides another protocol. */
import { DESIGN_FILE } from '../project-files';
import { viewDesign, type WireView } from '../design-view';
import { designOf, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { JsonObject } from '../../json/json';
import type { Edit } from './edit';
import { Editing } from './editing';
import { joinEdits } from './join-edits';
import { connect, refuseWire, type WireEnds } from './wire-edits';

/**
 * Draws a wire to a node that provides another protocol than the port requires, with an adapter to it: each operation goes to the one of the
 * same name, until templates are written. Answers why not as a text.
 */
export function connectAdapted(document: ProjectDocument, ends: Required<WireEnds>, protocol: string): Edit | string {
  const speaks = (provides: readonly string[]): boolean => provides.includes(protocol);
  const refusal = refuseWire(viewDesign(designOf(document)), ends, speaks);
  if (refusal !== undefined) return refusal;
  const { from, port, to } = ends;
  const isDrawn = ({ from: begin, to: end }: WireView): boolean => begin.node === from && begin.port === port && end === to;
  const steps = [
    (now: ProjectDocument) => connect(now, ends, speaks),
    (now: ProjectDocument) => setAdapter(now, viewDesign(designOf(now)).wires.find(isDrawn)?.index ?? -1, { protocol, operations: {} }),
  ];
  return joinEdits(document, `wire ${from}.${port} to ${to} as ${protocol}`, steps) ?? 'that wire is there already';
}

/** The adapter of a wire; `undefined` takes it away. */
export function setAdapter(document: ProjectDocument, index: number, adapter: JsonObject | undefined, group?: string): Edit | undefined {
  const editing = new Editing(document);
  if (!isObject(editing.at(DESIGN_FILE, ['wires', index]))) return undefined;
  editing.set(DESIGN_FILE, ['wires', index, 'adapter'], adapter);
  return editing.finish(adapter === undefined ? 'take the adapter off a wire' : 'change the adapter of a wire', group);
}
