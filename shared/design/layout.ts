/** `layout.json`: where nodes stand in each view. It never changes what a design means, and it may be missing. */
import { z } from 'zod';
import { FARTHEST_PLACE } from './edits/layout-edits';
import { ruled } from './field-rule';

const coordinate = z.number().min(-FARTHEST_PLACE).max(FARTHEST_PLACE);
const place = z.object({ x: coordinate, y: coordinate });

export const layoutFile = z.object({
  format: z.literal('prismatic-layout/1').default('prismatic-layout/1').describe('The format and its version.'),
  /** View (`tree`, `flow`) -> node id -> place. */
  views: ruled(z.record(z.string(), z.record(z.string(), place)).default({}).describe('View (`tree`, `flow`) -> node id -> place.'), {
    code: 'PRJ013',
    because: `views gives each node of a view a place {x, y}, at most ${FARTHEST_PLACE} from the middle`,
    fix: 'Write it like { "tree": { "desk": { "x": 0, "y": 80 } } }, or delete layout.json: the nodes are then laid out anew.',
  }),
});
export type LayoutFile = z.infer<typeof layoutFile>;
