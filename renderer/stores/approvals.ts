/** What waits for a person in the run of the open project, as the core tells it. */
import { create } from 'zustand';
import type { Approval } from '../../shared/api/approvals';
import type { Json } from '../../shared/json/json';
import { nextShown } from '../approvals/next-shown';
import { api } from '../api/studio';
import { projectNow } from './document';
import { wordError } from '../words/word-error';

type ApprovalsState = { readonly approvals: readonly Approval[]; readonly shown: string | undefined };
const NOTHING: ApprovalsState = { approvals: [], shown: undefined };
export const useApprovals = create<ApprovalsState>(() => NOTHING);

function take(approvals: readonly Approval[]): void {
  const before = useApprovals.getState();
  const shown = nextShown(before.approvals.map(({ id }) => id), approvals.map(({ id }) => id), before.shown);
  useApprovals.setState({ approvals, shown });
}

/** After opening a project or a lost connection. */
export async function findApprovals(): Promise<void> {
  const project = projectNow();
  useApprovals.setState(NOTHING, true);
  if (project === undefined) return;
  const answer = await api.request('approvals.list', { project });
  if (answer.ok && projectNow() === project) take(answer.value.approvals);
}

export function listenToApprovals(): void {
  api.subscribe('approvals.changed', ({ project, approvals }) => {
    if (project === projectNow()) take(approvals);
  });
}

export type PersonAnswer = { readonly output: Json } | { readonly error: { readonly name: string; readonly data?: Json } };

/** Words of why it was not taken; nothing where it was. */
export async function answerApproval(id: string, given: PersonAnswer): Promise<string | undefined> {
  const answer = await api.request('approvals.answer', { id, ...given });
  return answer.ok ? undefined : wordError(answer.error);
}

export const showApproval = (shown: string): void => useApprovals.setState({ shown });
export const selectApprovals = ({ approvals }: ApprovalsState): readonly Approval[] => approvals;
export const selectApprovalCount = ({ approvals }: ApprovalsState): number => approvals.length;
export const selectShownApproval = ({ approvals, shown }: ApprovalsState): Approval | undefined => approvals.find(({ id }) => id === shown);
