/** What the model's supervisors say of specifications, before anything runs. */
import type { CaseNode } from './case';

/** Why a supervisor refuses a child's specification. */
export function badChild(node: CaseNode, sup: CaseNode): string | undefined {
  if (!node.significant) return undefined;
  if ((sup.autoShutdown ?? 'never') === 'never') return '{bad_combination,[{auto_shutdown,never},{significant,true}]}';
  return (node.restart ?? 'permanent') === 'permanent' ? '{bad_combination,[{restart,permanent},{significant,true}]}' : undefined;
}

/** Why it does not even begin to start. */
export function badStart(sup: CaseNode): string | undefined {
  const children = sup.children ?? [];
  for (const [index, node] of children.entries()) {
    const bad = badChild(node, sup) ?? (children.slice(0, index).some(({ id }) => id === node.id) ? `{duplicate_child_name,${node.id}}` : undefined);
    if (bad !== undefined) return `{start_spec,${bad}}`;
  }
  return undefined;
}

/** The template with the instance's own id and plan; what is below has the instance's id in front of its own. */
export function instantiate(template: CaseNode, { id, init, trapExit, terminateDelay }: CaseNode): CaseNode {
  const prefix = (node: CaseNode): CaseNode => ({ ...node, id: `${id}/${node.id}`, ...(node.children ? { children: node.children.map(prefix) } : {}) });
  const own = Object.fromEntries(Object.entries({ init, trapExit, terminateDelay }).filter(([, value]) => value !== undefined));
  return { ...template, ...own, id, ...(template.children ? { children: template.children.map(prefix) } : {}) };
}
