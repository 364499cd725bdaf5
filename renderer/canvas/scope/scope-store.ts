/** What is painted over the drawing: who stops and starts when a node exits, how far a storm goes, or who lives on which host. */
import { create } from 'zustand';

export type Scope = {
  /** The child whose exit is told; absent: nothing is painted, or hosts are. */
  readonly exited: string | undefined;
  /** Tab of each painted node: `start 1`, `stop 1`, the name of a host. */
  readonly tabs: ReadonlyMap<string, string>;
  /** Children whose link is painted. */
  readonly links: ReadonlySet<string>;
};
export const NO_SCOPE: Scope = { exited: undefined, tabs: new Map(), links: new Set() };
/** `isHosts`: tabs name hosts and no ring is hatched, since nobody restarts. */
export type PaintedScope = Scope & { readonly isHosts: boolean };
export const useScope = create<PaintedScope>(() => ({ ...NO_SCOPE, isHosts: false }));

export const selectTabOf = (id: string) => (state: PaintedScope): string | undefined => state.tabs.get(id);
export const selectIsInScope = (id: string) => (state: PaintedScope): boolean => !state.isHosts && state.tabs.has(id);
/** The nodes that a restart reaches; nothing while hosts are painted. */
export const selectScope = (state: PaintedScope): ReadonlyMap<string, string> | undefined => (state.isHosts || state.tabs.size === 0 ? undefined : state.tabs);
export const selectIsHosts = (state: PaintedScope): boolean => state.isHosts;
