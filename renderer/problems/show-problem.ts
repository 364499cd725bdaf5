/** From a problem to its place: the node and its field, the wire, the protocol, or the line in the editor. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import { findFile } from '../../shared/design/document';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { designNow, documentNow } from '../stores/document';
import { select, selectProtocol, showField, showWireField } from '../stores/selection';
import { openEditor, useViewport } from '../stores/viewport';
import { wireIndexOf } from './index-problems';

export function showProblem(problem: Diagnostic): void {
  const { file, node, field, line } = problem.at;
  const design = designNow();
  useViewport.setState({ isInspectorOpen: true });
  const wireIndex = wireIndexOf(problem);
  const wire = wireIndex === undefined ? undefined : design.wires.find(({ index }) => index === wireIndex);
  const protocol = /^protocols\/(.+)\.json$/.exec(file)?.[1];
  const isJsonValue = findFile(documentNow(), file)?.kind === 'json';
  if (wire) showWireField(wire.key, field ?? '');
  else if (node !== undefined && design.nodes.has(node)) showField(node, field ?? 'title');
  else if (protocol !== undefined && isJsonValue) selectProtocol(protocol, field);
  else if (file === DESIGN_FILE) select([]);
  if (file !== DESIGN_FILE && !(protocol !== undefined && isJsonValue) && findFile(documentNow(), file)) openEditor(file, line);
}

/** Where it is, in words: `desk.maxRestarts`, `desk.llm → brain`, `handlers/desk.ts:11`. */
export function wordPlace(problem: Diagnostic): string {
  const { file, node, field, line } = problem.at;
  const wireIndex = wireIndexOf(problem);
  if (wireIndex !== undefined) {
    const wire = designNow().wires.find(({ index }) => index === wireIndex);
    return wire ? `${wire.from.node}.${wire.from.port} → ${wire.to}` : `wire ${wireIndex + 1}`;
  }
  if (file !== DESIGN_FILE) return line === undefined ? (field === undefined ? file : `${file.replace(/^protocols\/|\.json$/g, '')}.${field}`) : `${file}:${line}`;
  if (node !== undefined) return field === undefined ? node : `${node}.${field}`;
  return field ?? (line === undefined ? file : `${file}:${line}`);
}
