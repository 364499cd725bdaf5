/** What is selected: the same for canvas, Outline and Inspector. */
import { create } from 'zustand';

export type SelectionState = {
  readonly nodes: readonly string[];
  /** Keys of wires. */
  readonly wires: readonly string[];
  /** A protocol that is looked at; nodes and wires are then none. */
  readonly protocol?: string | undefined;
  /** Under the pointer or the keyboard's focus: paints what would restart with it. */
  readonly hovered: string | undefined;
  /** Field of the Inspector to show and focus, after a click on a problem; `node` is a node, a protocol or the key of a wire, whose names never meet. */
  readonly field?: { readonly node: string; readonly field: string; readonly asked: number };
};

export const useSelection = create<SelectionState>(() => ({ nodes: [], wires: [], hovered: undefined }));

export function select(nodes: readonly string[], wires: readonly string[] = []): void {
  const now = useSelection.getState();
  const isSame = now.nodes.length === nodes.length && now.wires.length === wires.length && now.nodes.every((id, index) => id === nodes[index]) && now.wires.every((key, index) => key === wires[index]) && now.protocol === undefined;
  if (!isSame) useSelection.setState({ nodes, wires, protocol: undefined });
}

export function toggleSelected(id: string): void {
  const { nodes } = useSelection.getState();
  useSelection.setState({ nodes: nodes.includes(id) ? nodes.filter((one) => one !== id) : [...nodes, id], wires: [], protocol: undefined });
}

export const hover = (id: string | undefined): void => {
  if (useSelection.getState().hovered !== id) useSelection.setState({ hovered: id });
};

export function showField(node: string, field: string): void {
  useSelection.setState({ nodes: [node], wires: [], protocol: undefined, field: { node, field, asked: (useSelection.getState().field?.asked ?? 0) + 1 } });
}

/** Shows a wire in the Inspector, and a field of it as diagnostics name it: `wires.0.guards.1.ms`, or a guard of it. */
export function showWireField(wire: string, field: string): void {
  useSelection.setState({ nodes: [], wires: [wire], protocol: undefined, field: { node: wire, field, asked: (useSelection.getState().field?.asked ?? 0) + 1 } });
}

/** Shows a protocol in the Inspector, and where one is named, a field of it: `operations.classify.input`. */
export function selectProtocol(protocol: string, field?: string): void {
  const wish = field === undefined ? {} : { field: { node: protocol, field, asked: (useSelection.getState().field?.asked ?? 0) + 1 } };
  useSelection.setState({ nodes: [], wires: [], protocol, ...wish });
}

/** The one selected node, where it is one. */
export const selectPrimary = (state: SelectionState): string | undefined => (state.nodes.length === 1 ? state.nodes[0] : undefined);
/** What the Inspector shows, of what has fields: the one selected node, a protocol, or the one selected wire. */
export const selectShown = (state: SelectionState): string | undefined => state.protocol ?? selectPrimary(state) ?? (state.nodes.length === 0 && state.wires.length === 1 ? state.wires[0] : undefined);
export const selectNodes = (state: SelectionState): readonly string[] => state.nodes;
export const selectWires = (state: SelectionState): readonly string[] => state.wires;
export const selectHovered = (state: SelectionState): string | undefined => state.hovered;
export const selectShownProtocol = (state: SelectionState): string | undefined => state.protocol;
