/** Measures of the notation (look.md section 5), px at 100 %. */
import type { NodeView } from '../../../shared/design/design-view';
import type { Point } from '../geometry';

export const HEAD = 40;
export const PORT_ROW = 18;
export const FOOT = 22;
export const LEAF = { width: 68, height: 88 } as const;
export const CARD_HEIGHT = 62;
/** A region that holds nothing. */
export const EMPTY_REGION = { width: 188, height: 96 } as const;
/** Space inside a region around what it holds. */
export const REGION_PAD = { left: 16, top: 46, right: 16, bottom: 18 } as const;
/** More room below where the host chip hangs. */
export const HOST_CHIP_ROOM = 24;

const NARROWEST = 128;
const WIDEST = 176;
const ICON_AND_STATE = 58;
/** Mean advance of the interface font at 13 px semibold and 11 px; only widths of boxes depend on it, text is cut by CSS. */
const TITLE_EM = 7.4;
const LABEL_EM = 6.1;

const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(high, value));
/** Whole steps of 4, so that columns line up. */
const stepped = (value: number): number => Math.ceil(value / 4) * 4;

/** A node has lines for so many ports; wires of the others meet at the last line, which says how many they are. */
export const MOST_PORT_ROWS = 32;
type HasPorts = Pick<NodeView, 'provides' | 'requires'>;
export const portRows = ({ provides, requires }: HasPorts): number => Math.min(MOST_PORT_ROWS, Math.max(provides.length, requires.length));

/** Places of a node's ports by their names, looked up once: a node may have thousands. */
const requiredRows = new WeakMap<NodeView, ReadonlyMap<string, number>>();

/** Place among the required ports, -1 where there is none of that name. */
export function requiredRow(node: NodeView, port: string): number {
  let rows = requiredRows.get(node);
  if (!rows) {
    rows = new Map(node.requires.map((one, row) => [one.port, row]));
    requiredRows.set(node, rows);
  }
  return rows.get(port) ?? -1;
}

type Size = { readonly width: number; readonly height: number };
/** Asked several times a layout; a node that changes is another node. */
const flowSizes = new WeakMap<NodeView, Size>();

export function flowSize(node: NodeView): Size {
  const known = flowSizes.get(node) ?? measureFlow(node);
  flowSizes.set(node, known);
  return known;
}

function measureFlow(node: NodeView): Size {
  const rows = portRows(node);
  let widest = ICON_AND_STATE + node.title.length * TITLE_EM;
  for (let row = 0; row < rows; row += 1) widest = Math.max(widest, 34 + ((node.provides[row]?.length ?? 0) + (node.requires[row]?.port.length ?? 0)) * LABEL_EM);
  return { width: stepped(between(NARROWEST, widest, WIDEST)), height: HEAD + rows * PORT_ROW + FOOT };
}

/** The head of a region: glyph, title, intensity, state. */
export const regionWidth = (node: NodeView): number => Math.max(140, Math.ceil(84 + node.title.length * TITLE_EM + `${node.maxRestarts} in ${node.maxSeconds} s`.length * 5.4));

export function cardWidth(node: NodeView): number {
  const words = `${node.maxRestarts} restarts in ${node.maxSeconds} s`.length * 5.6;
  return stepped(between(NARROWEST, Math.max(66 + node.title.length * TITLE_EM, words + 24), 208));
}

/** Where a port's triangle stands, from the node's upper left corner: what is provided left, what is required right. */
export const portAt = (side: 'provides' | 'requires', row: number, width: number): Point => ({ x: side === 'provides' ? 0 : width, y: HEAD + 9 + Math.min(row, MOST_PORT_ROWS - 1) * PORT_ROW });

