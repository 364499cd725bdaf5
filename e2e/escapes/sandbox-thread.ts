/**
 * A thread with one sandboxed guest and nothing around it: no engine, no watchdog. Runs one attempt under the limits it is given,
 * says `started`, then how the turn ended and how many bytes the process has. Built and started by `controls.test.ts`.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { LIMITS, type Limits } from '../../main/runtime/sandbox/limits';
import { SandboxPool } from '../../main/runtime/sandbox/sandbox-pool';
import type { Program, ProgramAgent } from '../../shared/program/program';

const { code, limits } = workerData as { readonly code: string; readonly limits: Partial<Limits> };
const agent: ProgramAgent = {
  kind: 'agent', id: 'probe', host: 'main', restart: 'permanent', shutdown: 5000, significant: false, provides: ['Probe'], requires: {}, mailbox: 1000,
  behaviour: { type: 'code', file: 'handlers/probe.js', module: 'probe', instance: 'sandbox-probe', hasInit: false, hasTerminate: false },
};
const program: Program = { format: 'prismatic-program/1', hash: '', name: 'probe', root: 'root', nodes: { probe: agent }, protocols: {}, wires: [], modules: { probe: { file: 'handlers/probe.js', code } }, hosts: [], files: [] };

const pool = await SandboxPool.prepare(['sandbox-probe'], { ...LIMITS, ...limits });
const guest = pool.create({ program, agent, seed: 1, name: 'probe', incarnation: 1, onLost: () => undefined });
if ('loadFailed' in guest) throw new Error(guest.loadFailed);
parentPort!.postMessage({ started: true });
const { outcome } = guest.handle(1, { protocol: 'Probe', operation: 'attack', input: {} });
parentPort!.postMessage({ outcome, residentBytes: process.memoryUsage().rss });
