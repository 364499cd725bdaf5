/** The steps of a restart as the strip tells them: the exit, then stops last first, then starts in order. Pure. */
import type { NodeStatus } from '../../../shared/api/run';
import type { Told } from './paint-scope';

export type Step = { readonly id: string; readonly what: 'exits' | 'stop' | 'start'; readonly glyph: NodeStatus; readonly says: string };

/** More steps than this are told as one: `12 more start`. */
export const MOST_STEPS = 9;

export function listSteps({ exited, reach }: Told): readonly Step[] {
  const steps: Step[] = [{ id: exited, what: 'exits', glyph: 'crashed', says: reach.starts.length === 0 ? 'not started again' : 'its state is lost' }];
  for (const id of reach.stops) steps.push({ id, what: 'stop', glyph: 'idle', says: 'last first' });
  for (const id of reach.starts) steps.push({ id, what: 'start', glyph: 'restarting', says: 'mailbox empty' });
  return steps;
}

/** Which step the live statuses are at: the first start that has not come about; `undefined` while nothing of it happens. */
export function currentStep(steps: readonly Step[], statusOf: (id: string) => NodeStatus | undefined): number | undefined {
  const isUnderWay = steps.some(({ id }) => isDown(statusOf(id)));
  if (!isUnderWay) return undefined;
  const index = steps.findIndex(({ id, what }) => what === 'start' && isDown(statusOf(id)));
  return index < 0 ? undefined : index;
}

const isDown = (status: NodeStatus | undefined): boolean => status === 'restarting' || status === 'crashed';

/** Boxes of the storm bound: one a start, with a tick where a supervisor gives up. Wider than this, numbers tell it. */
export const MOST_BOXES = 24;
export const listTicks = ({ storm }: Told): ReadonlySet<number> => new Set(storm.levels.slice(0, -1).map(({ starts }) => starts));
