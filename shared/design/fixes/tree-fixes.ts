/** The tree: one root, every node once below it. */
import { nearest } from '../../errors/nearest';
import { DESIGN_FORMAT } from '../design';
import { DESIGN_FILE } from '../project-files';
import { viewDesign, type DesignView } from '../design-view';
import { designOf, isList, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import { Editing } from '../edits/editing';
import { canAdopt, deleteNodes, moveNode, setNodeField } from '../edits/node-edits';
import { NODE_KINDS } from '../nodes/words';
import { textOf, type Fix, type Fixer, type Fixers } from './fix-value';

const viewOf = (document: ProjectDocument): DesignView => viewDesign(designOf(document));

/** The first place at which `child` stands among the children goes; `last`: the last one. */
const takeChild = (parent: string, child: string, next?: string): Fix['make'] => (document) => {
  const editing = new Editing(document);
  const path = ['nodes', parent, 'children'];
  const children = editing.at(DESIGN_FILE, path);
  const index = isList(children) ? children.lastIndexOf(child) : -1;
  if (index < 0) return undefined;
  editing.splice(DESIGN_FILE, path, index, 1, ...(next === undefined ? [] : [next]));
  return editing.finish(next === undefined ? `take ${child} out of ${parent}` : `name ${next} among the children of ${parent}`);
};

const setRoot = (id: string): Fix['make'] => (document) => {
  const editing = new Editing(document);
  if (!isObject(editing.json(DESIGN_FILE))) return undefined;
  editing.set(DESIGN_FILE, ['root'], id);
  return editing.finish(`make ${id} the root`);
};

/** The root that was meant, or the supervisors that nothing stands above. */
const chooseRoot: Fixer = ({ got }, document) => {
  const view = viewOf(document);
  const supervisors = [...view.nodes.values()].filter(({ kind }) => kind === 'supervisor');
  const near = nearest(textOf(got), supervisors.map(({ id }) => id));
  const tops = supervisors.filter(({ parent }) => parent === undefined).map(({ id }) => id);
  return [...new Set([...(near === undefined ? [] : [near]), ...tops])].map((id) => ({ label: `Make ${id} the root`, make: setRoot(id) }));
};

const missingChild: Fixer = ({ at, got }, document) => {
  const { node } = at;
  const child = textOf(got);
  const view = viewOf(document);
  // The child is there and cannot be read: that is the fault to mend.
  if (node === undefined || view.nodes.has(child)) return [];
  const free = [...view.nodes.values()].filter(({ id, parent }) => parent === undefined && id !== view.root).map(({ id }) => id);
  const near = nearest(child, free);
  return [...(near === undefined ? [] : [{ label: `Write ${near}`, make: takeChild(node, child, near) }]), { label: `Take ${child} out`, make: takeChild(node, child) }];
};

const takeOut: Fixer = ({ at, got }, document) => {
  const child = textOf(got);
  const parent = at.node ?? viewOf(document).nodes.get(child)?.parent;
  return parent === undefined ? [] : [{ label: `Take ${child} out of ${parent}`, make: takeChild(parent, child) }];
};

const adoptOrphan: Fixer = ({ at }, document) => {
  const view = viewOf(document);
  const { node } = at;
  const parent = node === undefined ? undefined : view.nodes.get(node)?.parent;
  // Its supervisor is there and cannot be read: that is the fault to mend.
  if (node === undefined || (parent !== undefined && view.nodes.has(parent))) return [];
  const root: readonly Fix[] = canAdopt(view, view.root) ? [{ label: `Hang it below ${view.root}`, make: (now) => moveNode(now, node, view.root) }] : [];
  return [...root, { label: `Delete ${node}`, make: (now) => deleteNodes(now, [node]) }];
};

/** A circle is cut where the check names it: its first member goes below the root. */
const cutCircle: Fixer = (problem, document) => {
  const { node } = problem.at;
  const view = viewOf(document);
  if (node === undefined) return takeOut(problem, document);
  const parent = view.nodes.get(node)?.parent;
  if (parent === undefined || !canAdopt(view, view.root)) return [];
  return [{
    label: `Hang ${node} below ${view.root}`,
    make: (now) => {
      const editing = new Editing(now);
      const path = ['nodes', parent, 'children'];
      const children = editing.at(DESIGN_FILE, path);
      const index = isList(children) ? children.indexOf(node) : -1;
      const above = editing.at(DESIGN_FILE, ['nodes', view.root, 'children']);
      if (index < 0) return undefined;
      editing.splice(DESIGN_FILE, path, index, 1);
      if (isList(above)) editing.splice(DESIGN_FILE, ['nodes', view.root, 'children'], above.length, 0, node);
      else editing.set(DESIGN_FILE, ['nodes', view.root, 'children'], [node]);
      return editing.finish(`move ${node} under ${view.root}`);
    },
  }];
};

/** It may be a slip of the pen; else it is kept, or goes. */
const unknownKind: Fixer = ({ at, got }) => {
  const { node } = at;
  if (node === undefined) return [];
  const near = nearest(textOf(got), NODE_KINDS);
  return [...(near === undefined ? [] : [{ label: `Write ${near}`, make: (now: ProjectDocument) => setNodeField(now, node, ['kind'], near) }]), { label: `Delete ${node}`, make: (now) => deleteNodes(now, [node]) }];
};

const writeFormat: Fixer = ({ got }) => {
  if (typeof got === 'string' && /^prismatic\/\d+$/.test(got)) return [];
  return [{
    label: `Write ${DESIGN_FORMAT}`,
    make: (document) => {
      const editing = new Editing(document);
      if (!isObject(editing.json(DESIGN_FILE))) return undefined;
      editing.set(DESIGN_FILE, ['format'], DESIGN_FORMAT);
      return editing.finish('write the format');
    },
  }];
};

export const treeFixes: Fixers = { PRJ012: writeFormat, DES001: chooseRoot, DES003: missingChild, DES004: takeOut, DES005: adoptOrphan, DES006: cutCircle, DES008: unknownKind };
