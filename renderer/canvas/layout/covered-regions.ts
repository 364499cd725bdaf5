/** Regions that surround all that is in sight: of those nested thousands deep only the innermost can be seen. Pure. */
import type { Box } from '../geometry';
import type { Scene } from './scene';

/** So many are drawn all the same. */
const FEW = 12;
/** Of a region, what is no plain face: its head, the host chip at its lower edge, edges and rings, px. */
const [HEAD, FOOT, EDGE] = [40, 30, 10];

const isAround = (box: Box, sight: Box): boolean => box.x + EDGE < sight.x && box.y + HEAD < sight.y && box.x + box.width - EDGE > sight.x + sight.width && box.y + box.height - FOOT > sight.y + sight.height;

/** Regions of which nothing is seen but a face that another one covers. */
export function coveredRegions({ view, nodes }: Scene, sight: Box): ReadonlySet<string> {
  if (view === 'tree') return NONE;
  const around = [...nodes.values()].filter(({ shape, box }) => shape === 'region' && isAround(box, sight));
  if (around.length <= FEW) return NONE;
  const innermost = around.reduce((deepest, one) => (one.depth >= deepest.depth ? one : deepest));
  return new Set(around.filter((one) => one !== innermost).map(({ id }) => id));
}

const NONE: ReadonlySet<string> = new Set();
