/** Nodes of templates: copies of them run, and none under their own names. */
import type { DesignView } from './design-view';

/** Looked up once a design: a check of a large one asks it of all nodes. */
const templates = new WeakMap<DesignView, ReadonlyMap<string, string>>();

/** The dynamic supervisor whose template a node is, or is below. */
export function findTemplateAbove(view: DesignView, id: string): string | undefined {
  const known = templates.get(view) ?? listTemplates(view);
  templates.set(view, known);
  return known.get(id);
}

function listTemplates({ nodes, order }: DesignView): ReadonlyMap<string, string> {
  const above = new Map<string, string>();
  // In tree order a supervisor comes before what is below it.
  for (const id of order) {
    const parent = nodes.get(nodes.get(id)!.parent ?? '');
    const template = parent?.strategy === 'simple_one_for_one' ? parent.id : parent && above.get(parent.id);
    if (template !== undefined) above.set(id, template);
  }
  return above;
}
