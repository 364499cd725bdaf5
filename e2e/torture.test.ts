/** Core and engine are killed at any moment; nothing acknowledged is lost, nothing is done twice. `npm run torture` does it 200 times. */
import { expect, it } from 'vitest';
import { torture } from './torture/torture';

const kills = Number(process.env['TORTURE_KILLS'] ?? 24);
const seed = Number(process.env['TORTURE_SEED'] ?? 1);

it(`loses nothing and doubles nothing in ${kills} kills of core and engine`, { timeout: kills * 20_000 }, async () => {
  const report = await torture({ kills, seed });
  console.log(JSON.stringify({ seed, ...report }));
  expect(report.faults).toEqual([]);
  expect(report.kills.core + report.kills.engine).toBeGreaterThanOrEqual(kills);
  expect(report.unflushed / kills).toBeGreaterThanOrEqual(0.2);
});
