/** Rounds of both sides in turn, each side first in every other round, so that what the machine does meanwhile meets both. */
import type { Figure, Result, Sample, Scale, Side } from './figure';
import { ForeignLoad } from './foreign-load';

const WARM_UPS = 2;

export async function measureFigure(figure: Figure, topic: string, scale: Scale): Promise<Result> {
  const sides = [figure.ours, ...figure.limits];
  const samples = new Map<Side, Sample[]>(sides.map((side) => [side, []]));
  const warmUps = scale.rounds === 1 ? 0 : (figure.warmUps ?? WARM_UPS);
  for (let round = 0; round < warmUps; round += 1) for (const side of sides) await side.measure();
  const rounds = Math.min(scale.rounds, figure.mostRounds ?? scale.rounds);
  for (let round = 1; round <= rounds; round += 1) {
    for (const side of round % 2 === 1 ? sides : sides.toReversed()) samples.get(side)!.push(await takeSample(side, round));
  }
  const of = (side: Side) => ({ name: side.name, samples: samples.get(side)! });
  const { id, title, kind, journal, unit, budget } = figure;
  return { id, topic, title, kind, journal, unit, ...(budget === undefined ? {} : { budget }), ours: of(figure.ours), limits: figure.limits.map(of) };
}

async function takeSample(side: Side, round: number): Promise<Sample> {
  // The garbage of the side before is not to be collected in this one's time. A full collection would take along the code that V8 has made for
  // what is gone, and no host that runs on has that happen to it.
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
  const load = new ForeignLoad();
  const measured = await side.measure();
  return { round, ...measured, foreign: load.sample() };
}
