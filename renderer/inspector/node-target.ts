import { useMemo } from 'react';
import { refuseNodeField } from '../../shared/design/check-field';
import type { NodeView } from '../../shared/design/design-view';
import { combineEdits } from '../../shared/design/edits/combine-edits';
import { setNodeField } from '../../shared/design/edits/node-edits';
import type { Json, JsonObject } from '../../shared/json/json';
import { equalJson } from '../../shared/schema/validate-value';
import { problemsOfField } from '../problems/index-problems';
import { documentNow, edit, useDocument } from '../stores/document';
import { selectProblems, useProblemsOfNode } from '../stores/problems';
import type { FieldTarget } from './field-target';

/** The fields of one node. */
export function useNodeTarget(node: NodeView): FieldTarget {
  const problems = useProblemsOfNode(node.id);
  const { id, raw } = node;
  return useMemo(
    () => ({
      key: id,
      raw,
      refuse: (path, value) => refuseNodeField(raw, path, value),
      set: (path, value, group) => void edit(setNodeField(documentNow(), id, path, value, group)),
      problemsOf: (field) => problemsOfField(problems, id, field),
    }),
    [id, raw, problems],
  );
}

/** Top-level fields in which several nodes agree, and those in which they do not. */
export function commonFields(raws: readonly JsonObject[]): { readonly raw: JsonObject; readonly mixed: ReadonlySet<string> } {
  const names = new Set(raws.flatMap((raw) => Object.keys(raw)));
  const mixed = new Set<string>();
  const common: { [name: string]: Json } = {};
  const valueOf = (raw: JsonObject, name: string): Json | undefined => (Object.hasOwn(raw, name) ? raw[name] : undefined);
  for (const name of names) {
    const [first, ...others] = raws.map((raw) => valueOf(raw, name));
    const isSame = others.every((other) => (first === undefined || other === undefined ? first === other : equalJson(first, other)));
    if (!isSame) mixed.add(name);
    else if (first !== undefined) common[name] = first;
  }
  return { raw: common, mixed };
}

/** Several nodes at once: one edit changes them all. */
export function useManyTarget(nodes: readonly NodeView[]): FieldTarget {
  const problems = useDocument(selectProblems);
  return useMemo(() => {
    const { raw, mixed } = commonFields(nodes.map((node) => node.raw));
    return {
      key: nodes.map(({ id }) => id).join(' '),
      raw,
      mixed,
      refuse: (path, value) => nodes.map((node) => refuseNodeField(node.raw, path, value)).find((refusal) => refusal !== undefined),
      set: (path, value, group) => void edit(combineEdits(documentNow(), `set ${path.join('.')} of ${nodes.length} nodes`, nodes.map(({ id }) => (document) => setNodeField(document, id, path, value)), group)),
      problemsOf: (field) => nodes.flatMap(({ id }) => problemsOfField(problems.byNode.get(id) ?? [], id, field)),
    };
  }, [nodes, problems]);
}
