/** What is painted over the drawing: who stops and starts when a node exits. */
import { create } from 'zustand';

export type Scope = {
  /** The child whose exit is told; absent: nothing is painted. */
  readonly exited: string | undefined;
  /** Tab of each node that restarts with it: `start 1`; empty for a node in scope without a tab of its own. */
  readonly tabs: ReadonlyMap<string, string>;
  /** Children whose link is painted. */
  readonly links: ReadonlySet<string>;
};
export const NO_SCOPE: Scope = { exited: undefined, tabs: new Map(), links: new Set() };
export const useScope = create<Scope>(() => NO_SCOPE);
export const selectScopeOf = (id: string) => (state: Scope): string | undefined => state.tabs.get(id);
export const selectIsLinkInScope = (child: string) => (state: Scope): boolean => state.links.has(child);
