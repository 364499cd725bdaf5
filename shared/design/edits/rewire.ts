import { DESIGN_FILE } from '../project-files';
import { viewDesign } from '../design-view';
import { designOf, type ProjectDocument } from '../document';
import type { Edit } from './edit';
import { Editing } from './editing';
import { answersIn, refuseWire } from './wire-edits';

/** The provider's end of a wire goes to another node; guards stay. Answers why not as a text, nothing where it ends there already. */
export function rewire(document: ProjectDocument, index: number, to: string): Edit | string | undefined {
  const view = viewDesign(designOf(document));
  const wire = view.wires.find((one) => one.index === index);
  if (!wire || wire.to === to) return undefined;
  const refusal = refuseWire(view, { from: wire.from.node, port: wire.from.port, to }, answersIn(document));
  if (refusal !== undefined) return refusal;
  const editing = new Editing(document);
  editing.set(DESIGN_FILE, ['wires', index, 'to'], to);
  return editing.finish(`wire ${wire.from.node}.${wire.from.port} to ${to}`);
}
