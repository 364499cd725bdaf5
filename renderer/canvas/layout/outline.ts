/** Silhouettes: each kind has its own outline, so that it reads at any zoom and in grey (look.md section 5, notation.html). */
import type { NodeView } from '../../../shared/design/design-view';

export type Silhouette = 'rectangle' | 'pointed' | 'notched' | 'cut corners' | 'facet' | 'round shoulders' | 'round right' | 'dashed';

const BY_KIND: Readonly<Record<NodeView['kind'], Silhouette>> = { supervisor: 'rectangle', agent: 'rectangle', router: 'cut corners', source: 'pointed', sink: 'notched', timer: 'rectangle', tool: 'rectangle', unknown: 'dashed' };

export function silhouetteOf({ kind, behaviour }: Pick<NodeView, 'kind' | 'behaviour'>): Silhouette {
  return kind === 'agent' && behaviour === 'model' ? 'facet' : BY_KIND[kind];
}

/** How far a pointed or notched edge reaches in, px. */
export const POINT = 10;
/** How long a cut corner is. */
const CUT = 9;
const FACET = 13;
const SHOULDER = 20;

/** SVG path of the outline, its upper left corner at `inset`: a ring around a node is the same outline, grown (a negative inset). */
export function outlinePath(silhouette: Silhouette, width: number, height: number, inset = 0, radius = 6): string {
  const [left, top, right, bottom] = [inset, inset, width - inset, height - inset];
  const round = Math.max(0, radius - inset);
  const topRight = `q${round} 0 ${round} ${round}`;
  const bottomRight = `q0 ${round} ${-round} ${round}`;
  const bottomLeft = `q${-round} 0 ${-round} ${-round}`;
  const topLeft = `q0 ${-round} ${round} ${-round}`;
  switch (silhouette) {
    case 'rectangle':
    case 'dashed':
      return `M${left + round} ${top}H${right - round}${topRight}V${bottom - round}${bottomRight}H${left + round}${bottomLeft}V${top + round}${topLeft}z`;
    case 'pointed': {
      const middle = height / 2;
      return `M${left + round} ${top}H${right - POINT}L${right} ${middle}L${right - POINT} ${bottom}H${left + round}${bottomLeft}V${top + round}${topLeft}z`;
    }
    case 'notched': {
      const middle = height / 2;
      return `M${left} ${top}H${right - round}${topRight}V${bottom - round}${bottomRight}H${left}L${left + POINT} ${middle}z`;
    }
    case 'cut corners':
      return `M${left + CUT} ${top}H${right - CUT}L${right} ${top + CUT}V${bottom - CUT}L${right - CUT} ${bottom}H${left + CUT}L${left} ${bottom - CUT}V${top + CUT}z`;
    case 'facet':
      return `M${left + round} ${top}H${right - FACET}L${right} ${top + FACET}V${bottom - round}${bottomRight}H${left + round}${bottomLeft}V${top + round}${topLeft}z`;
    case 'round shoulders':
      return `M${left + SHOULDER} ${top}H${right - SHOULDER}q${SHOULDER} 0 ${SHOULDER} ${SHOULDER}V${bottom - round}${bottomRight}H${left + round}${bottomLeft}V${top + SHOULDER}q0 ${-SHOULDER} ${SHOULDER} ${-SHOULDER}z`;
    case 'round right':
      return `M${left + round} ${top}H${right - SHOULDER}q${SHOULDER} 0 ${SHOULDER} ${SHOULDER}V${bottom - SHOULDER}q0 ${SHOULDER} ${-SHOULDER} ${SHOULDER}H${left + round}${bottomLeft}V${top + round}${topLeft}z`;
  }
}

/** The spectral edge of a model agent. */
export const facetPath = (width: number): string => `M${width - FACET} 0L${width} ${FACET}`;
