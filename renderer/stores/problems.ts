/** What is wrong with the open design, by place: one index for Problems, Outline, Inspector, wires and the editor. */
import type { DesignView } from '../../shared/design/design-view';
import type { CheckReport, MergeConflict } from '../../shared/api/project';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { countProblems, indexProblems, NO_PROBLEMS, type ProblemIndex } from '../problems/index-problems';
import { selectReport, useDocument, type DocumentState } from './document';

let last: { readonly report: CheckReport; readonly design: DesignView; readonly index: ProblemIndex } | undefined;
const NONE: readonly Diagnostic[] = [];
const NO_CONFLICTS: readonly MergeConflict[] = [];

/** The same value as long as report and design are the same, so that components draw anew only when something has changed. */
export function selectProblems({ open }: DocumentState): ProblemIndex {
  if (!open?.report) return NO_PROBLEMS;
  // An edit that moves no wire and names no other file leaves the index as it is.
  if (last?.report !== open.report || last.design.wires !== open.design.wires) last = { report: open.report, design: open.design, index: indexProblems(open.report.diagnostics, open.design) };
  return last.index;
}

export const selectConflicts = ({ open }: DocumentState): readonly MergeConflict[] => open?.conflicts ?? NO_CONFLICTS;
export const useProblemsOfNode = (id: string): readonly Diagnostic[] => useDocument((state) => selectProblems(state).byNode.get(id) ?? NONE);
export const useProblemsOfWire = (key: string): readonly Diagnostic[] => useDocument((state) => selectProblems(state).byWire.get(key) ?? NONE);
export const useProblemsOfFile = (path: string): readonly Diagnostic[] => useDocument((state) => selectProblems(state).byFile.get(path) ?? NONE);
export const useProblemsOfProtocol = (name: string): readonly Diagnostic[] => useDocument((state) => selectProblems(state).byProtocol.get(name) ?? NONE);

/** What the tab and the toolbar count. */
export const selectProblemCount = (state: DocumentState): number => countProblems(selectReport(state), selectConflicts(state).length);
