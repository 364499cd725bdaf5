/** The tree: one root, every node once below it; and what OTP asks of a supervisor's specification. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { SupervisorNode } from '../../shared/design/nodes/supervisor';
import { MAX_HOSTS } from '../../shared/ids';
import type { Problems } from './problems';
import { suggest } from './problems';
import type { ReadDesign } from './read-design';

/** Restarts in the worst case, the product of intensities up the tree, beyond which it is said. */
const MANY_RESTARTS = 1000;

/** Child -> parent, for all that hang together. */
export function checkTree(design: ReadDesign, problems: Problems): ReadonlyMap<string, string> {
  const parents = findParents(design, problems);
  checkRoot(design, parents, problems);
  // Where no node has the root's name, a supervisor without a supervisor is likely the root.
  const mayBeRoot = (id: string): boolean => !design.nodes.has(design.root) && design.nodes.get(id)?.kind === 'supervisor';
  for (const id of design.nodes.keys()) {
    if (id === design.root || parents.has(id) || design.hasUnreadChildren || mayBeRoot(id)) continue;
    problems.add({ code: 'DES005', at: { file: DESIGN_FILE, node: id }, got: id, message: `${id} has no supervisor`, fix: 'Name it among the children of one.' });
  }
  for (const [id, node] of design.nodes) if (node.kind === 'supervisor') checkSupervisor(id, node, design, problems);
  const isolated = [...design.nodes.values()].filter((node) => node.isolated).length;
  if (isolated + 2 > MAX_HOSTS) problems.add({ code: 'PLC001', at: { file: DESIGN_FILE }, got: isolated, message: `${isolated} nodes have a host of their own; at most ${MAX_HOSTS - 2} may`, fix: 'Take "isolated" off some of them.' });
  return parents;
}

const isKnown = (id: string, { nodes, notRun, unread }: ReadDesign): boolean => nodes.has(id) || notRun.has(id) || unread.has(id);

function findParents(design: ReadDesign, problems: Problems): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const [id, node] of design.nodes) {
    if (node.kind !== 'supervisor') continue;
    for (const child of node.children) {
      const at = { file: DESIGN_FILE, node: id, field: 'children' };
      const other = parents.get(child);
      if (!isKnown(child, design)) problems.add({ code: 'DES003', at, got: child, message: `there is no node ${child}`, fix: suggest(child, [...design.nodes.keys()], 'Add the node, or take the child away.') });
      else if (other !== undefined) problems.add({ code: 'DES004', at, got: child, message: `${child} is a child of ${other} already`, fix: 'A node has one supervisor: take it away from one of them.' });
      else parents.set(child, id);
    }
  }
  return parents;
}

function checkRoot(design: ReadDesign, parents: ReadonlyMap<string, string>, problems: Problems): void {
  const at = { file: DESIGN_FILE, field: 'root' };
  const root = design.nodes.get(design.root);
  if (!root && !design.unread.has(design.root)) problems.add({ code: 'DES001', at, got: design.root, message: `root names ${design.root}, and there is no such node`, fix: suggest(design.root, [...design.nodes.keys()], 'Name the supervisor at the top.') });
  else if (root && root.kind !== 'supervisor') problems.add({ code: 'DES001', at, got: design.root, message: `root names ${design.root}, which is a ${root.kind}`, fix: 'The root is a supervisor.' });
  if (parents.has(design.root)) problems.add({ code: 'DES006', at, got: design.root, message: `the root ${design.root} is a child of ${parents.get(design.root)!}: a circle has no top`, fix: 'Take it out of those children.' });
  // From these the way up has been gone already: each node is walked once, however deep the tree is.
  const walked = new Set<string>();
  for (const id of design.nodes.keys()) {
    const seen = new Set<string>();
    let at: string | undefined = id;
    while (at !== undefined && !seen.has(at) && !walked.has(at)) {
      seen.add(at);
      at = parents.get(at);
    }
    for (const one of seen) walked.add(one);
    if (at === undefined || !seen.has(at)) continue;
    // Told at the member that sorts first.
    const circle = [...seen].slice([...seen].indexOf(at));
    const first = circle.toSorted()[0]!;
    const told = [...circle.slice(circle.indexOf(first)), ...circle.slice(0, circle.indexOf(first))];
    if (first !== design.root) problems.add({ code: 'DES006', at: { file: DESIGN_FILE, node: first, field: 'children' }, got: told, message: `${told.join(', ')} are each other's children: a circle`, fix: 'Give one of them a supervisor outside the circle.' });
  }
}

function checkSupervisor(id: string, node: SupervisorNode, design: ReadDesign, problems: Problems): void {
  const at = { file: DESIGN_FILE, node: id };
  if (node.strategy === 'simple_one_for_one' && node.children.length !== 1) problems.add({ code: 'SUP009', at: { ...at, field: 'children' }, got: node.children.length, message: `a simple_one_for_one supervisor has one child, the template; ${id} has ${node.children.length}`, fix: 'Leave one child, or use another strategy.' });
  if (id === design.root && node.maxRestarts === 0) problems.add({ code: 'SUP010', at: { ...at, field: 'maxRestarts' }, got: 0, message: 'maxRestarts of the root is 0: the first failure ends the run', fix: 'Use 1, the OTP default, or more.' });
  for (const child of node.children) {
    const spec = design.nodes.get(child);
    if (!spec?.significant) continue;
    const where = { ...at, node: child, field: 'significant' };
    if (node.autoShutdown === 'never') problems.add({ code: 'SUP011', at: where, got: true, message: `significant of ${child} is true, and ${id} never shuts down by itself`, fix: `Give ${id} an autoShutdown, or take "significant" away.` });
    else if (spec.restart === 'permanent') problems.add({ code: 'SUP012', at: where, got: 'permanent', message: `${child} is significant and permanent: it is always restarted, so its end never counts`, fix: 'Make it transient or temporary.' });
  }
  const worst = id === design.root ? worstRestarts(design) : 0;
  if (worst > MANY_RESTARTS) problems.add({ code: 'SUP013', at, got: worst, message: `in the worst case ${Number.isFinite(worst) ? worst : 'countless'} restarts happen before the root gives up (the product of the intensities down the tree)`, fix: 'Lower maxRestarts of supervisors below supervisors.' });
}

/** Failures of one leaf that the tree takes before it is down: each supervisor gives up after `maxRestarts` and one more. */
function worstRestarts(design: ReadDesign): number {
  let worst = 1;
  const seen = new Set<string>();
  // A list, not a call each: the tree may be thousands deep.
  const ways: { readonly id: string; readonly above: number }[] = [{ id: design.root, above: 1 }];
  for (let way = ways.pop(); way; way = ways.pop()) {
    const node = design.nodes.get(way.id);
    if (node?.kind !== 'supervisor' || seen.has(way.id)) continue;
    seen.add(way.id);
    const here = way.above * (node.maxRestarts + 1);
    worst = Math.max(worst, here);
    for (const id of node.children) ways.push({ id, above: here });
  }
  return worst;
}
