/** What stands in for nodes in the next run or simulation of this window. Never in the design: it is gone with the window. */
import { create } from 'zustand';
import type { Mock, RecordedAnswer } from '../../shared/run/mock';
import { projectNow, useDocument } from './document';

type MocksState = {
  readonly project: string | undefined;
  readonly mocks: ReadonlyMap<string, Mock>;
  /** What nodes answered when this window sent to them: what a mock can play again. */
  readonly answered: ReadonlyMap<string, readonly RecordedAnswer[]>;
};
const NOTHING: MocksState = { project: undefined, mocks: new Map(), answered: new Map() };
/** More than this is looked for in a file. */
const MOST_ANSWERED = 1000;

export const useMocks = create<MocksState>(() => NOTHING);

/** Mocks of another project are none of this one's. */
useDocument.subscribe(({ open }) => {
  const { project } = useMocks.getState();
  if (project !== undefined && open?.project !== project) useMocks.setState(NOTHING, true);
});

/** `undefined` lets the node answer itself again. */
export function setMock(node: string, mock: Mock | undefined): void {
  const mocks = new Map(useMocks.getState().mocks);
  if (mock) mocks.set(node, mock);
  else mocks.delete(node);
  useMocks.setState({ project: projectNow(), mocks });
}

export const clearMocks = (): void => useMocks.setState({ mocks: new Map() });

export function noteAnswer(node: string, answer: RecordedAnswer): void {
  const answered = new Map(useMocks.getState().answered);
  answered.set(node, [...(answered.get(node) ?? []), answer].slice(-MOST_ANSWERED));
  useMocks.setState({ project: projectNow(), answered });
}

/** For a request; absent where nothing is mocked. Nodes that are no more in the design are left out. */
export function mocksToSend(): { readonly mocks?: Readonly<Record<string, Mock>> } {
  const nodes = useDocument.getState().open?.design.nodes;
  const entries = [...useMocks.getState().mocks].filter(([node]) => nodes?.has(node));
  return entries.length === 0 ? {} : { mocks: Object.fromEntries(entries) };
}

export const selectMocks = (state: MocksState): ReadonlyMap<string, Mock> => state.mocks;
export const selectMock = (node: string) => (state: MocksState): Mock | undefined => state.mocks.get(node);
export const selectAnswered = (node: string) => (state: MocksState): readonly RecordedAnswer[] | undefined => state.answered.get(node);
