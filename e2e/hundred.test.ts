/** A hundred agents, ten of them with hosts of their own, and what goes wrong beside them. `npm run hundred` prints the table. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileProject } from '../main/compiler/compile';
import { TROUBLE } from '../main/runtime/testing/trouble';
import type { Program } from '../shared/program/program';
import { CommandRun } from './torture/command-run';
import type { Reply } from './torture/judge';

const AGENTS = Array.from({ length: 100 }, (_, index) => `a${String(index + 1).padStart(3, '0')}`);
const ISOLATED = AGENTS.slice(90);
const any = {};
const design = {
  format: 'prismatic/1',
  name: 'hundred',
  root: 'root',
  nodes: {
    root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 500, maxSeconds: 5, children: AGENTS },
    ...Object.fromEntries(AGENTS.map((id) => [id, { kind: 'agent', behaviour: { type: 'code', file: 'handlers/work.ts' }, provides: ['Work'], ...(ISOLATED.includes(id) ? { isolated: true } : {}) }])),
  },
  wires: [],
};
const HANDLER = `export const Work = ${TROUBLE};\n`;

const home = mkdtempSync(join(tmpdir(), 'prismatic-hundred-'));
const dir = join(home, 'hundred');
let run: CommandRun;
let program: Program;
/** What each agent has counted, and in which incarnation. */
let known = new Map<string, { readonly count: number; readonly incarnation: number }>();
const table: string[] = [];

beforeAll(async () => {
  for (const folder of ['handlers', 'protocols']) mkdirSync(join(dir, folder), { recursive: true });
  writeFileSync(join(dir, 'design.json'), JSON.stringify(design));
  writeFileSync(join(dir, 'handlers/work.ts'), HANDLER);
  writeFileSync(join(dir, 'protocols/Work.json'), JSON.stringify({ operations: { run: { kind: 'call', input: any, output: any } } }));
  const compiled = await compileProject(dir);
  if (!compiled.program) throw new Error(JSON.stringify(compiled.diagnostics));
  program = compiled.program;
  run = new CommandRun(dir, ['--data-dir', join(home, 'data')]);
  known = await workAll();
}, 120_000);
afterAll(async () => {
  run.killCore();
  await run.ended;
  rmSync(home, { recursive: true, force: true });
  console.log(['', 'what happened | restarted | never noticed | who was restarted', ...table].join('\n'));
});

const ask = (to: string, what: string): Promise<Reply & { readonly error?: { readonly code: string } }> => run.ask({ to, protocol: 'Work', operation: 'run', input: { do: what } });

/** A restart takes a moment, and whoever calls meanwhile is told so. */
const NOT_NOW = ['noproc', 'noconnection', 'callee_exit'];
async function work(id: string): Promise<{ readonly count: number; readonly incarnation: number }> {
  for (let times = 0; ; times += 1) {
    const reply = await ask(id, 'work');
    if (reply.ok) return reply.output as { readonly count: number; readonly incarnation: number };
    if (times > 500 || !NOT_NOW.includes(reply.error!.code)) throw new Error(`${id}: ${JSON.stringify(reply)}`);
    await pause(20);
  }
}
const workAll = async (): Promise<typeof known> => new Map(await Promise.all(AGENTS.map(async (id) => [id, await work(id)] as const)));

/** Everyone works once more: who goes on counting has never noticed, who begins at 1 was started again. */
async function whoRestarted(what: string): Promise<readonly string[]> {
  const [before, now] = [known, await workAll()];
  known = now;
  const restarted = AGENTS.filter((id) => now.get(id)!.count === 1);
  for (const id of AGENTS) if (!restarted.includes(id)) expect(now.get(id)).toEqual({ count: before.get(id)!.count + 1, incarnation: before.get(id)!.incarnation });
  table.push(`${what} | ${restarted.length} | ${AGENTS.length - restarted.length} | ${restarted.length > 8 ? `${restarted.slice(0, 3).join(' ')} ...` : restarted.join(' ')}`);
  return restarted;
}

/** Who shares a sandbox with it: an engine holds 64 of them. */
function sharers(id: string): readonly string[] {
  const instanceOf = (node: string): string | undefined => {
    const found = program.nodes[node];
    return found?.kind === 'agent' && found.behaviour.type === 'code' ? found.behaviour.instance : undefined;
  };
  return AGENTS.filter((other) => instanceOf(other) === instanceOf(id));
}

it.each([
  ['throw', 'a050', 'callee_exit'],
  ['loop', 'a001', 'callee_exit'],
  ['memory', 'a002', 'callee_exit'],
  ['loop', 'a091', 'callee_exit'],
  ['memory', 'a092', 'callee_exit'],
  ['hang', 'a093', 'noconnection'],
])('%s in %s restarts it, whoever shares its sandbox, and nobody else', async (what, id, code) => {
  expect(await ask(id, what)).toMatchObject({ ok: false, error: { code } });
  const restarted = await whoRestarted(`${what} in ${ISOLATED.includes(id) ? 'an isolated agent' : 'one of 90 on a host'}`);
  expect(restarted).toContain(id);
  expect(sharers(id)).toEqual(expect.arrayContaining([...restarted]));
  if (what === 'throw') expect(restarted).toEqual([id]);
}, 60_000);

it('nobody notices that everything was stopped for 3 s', async () => {
  run.signalAll('SIGSTOP');
  await pause(3000);
  run.signalAll('SIGCONT');
  expect(await whoRestarted('SIGSTOP of everything for 3 s, SIGCONT')).toEqual([]);
  // And not a moment later either, when the watchdogs have had their rounds.
  await pause(1000);
  expect(await whoRestarted('the second after it')).toEqual([]);
}, 60_000);

it('a killed engine begins anew, and answers what it had not', async () => {
  const asked = AGENTS.map((id) => ask(id, 'work'));
  await asked[0];
  expect(run.killEngine()).toBe(true);
  const replies = await Promise.all(asked);
  expect(replies.filter(({ ok }) => !ok)).toEqual([]);
  const before = known;
  known = await workAll();
  expect([...known.values()].every(({ count }) => count <= 2)).toBe(true);
  table.push(`kill -9 of the engine, 100 calls under way | ${known.size} | 0 | all ${before.size}, and all 100 calls were answered`);
}, 60_000);
