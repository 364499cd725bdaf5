/** Guests for tests: one agent, one port with a call and a cast, in either of the two worlds. */
import type { Json } from '../../../../shared/json/json';
import type { Program, ProgramAgent } from '../../../../shared/program/program';
import type { Guest, GuestPool, GuestTurn } from '../../../behaviours/guest';
import { LIMITS, type Limits } from '../limits';
import { NativeGuests } from '../native-guest';
import { SandboxPool } from '../sandbox-pool';

export const agent: ProgramAgent = {
  kind: 'agent',
  id: 'desk',
  host: 'main',
  restart: 'permanent',
  shutdown: 5000,
  significant: false,
  provides: ['Desk'],
  requires: { out: 'Port' },
  mailbox: 1000,
  behaviour: { type: 'code', file: 'handlers/desk.ts', module: 'desk', instance: 'sandbox-1', hasInit: true, hasTerminate: true },
};
const operation = (kind: 'call' | 'cast' | 'stream') => ({ kind, input: {}, output: {}, errors: [], idempotent: false });
export const programWith = (code: string): Program => ({
  format: 'prismatic-program/1',
  hash: 'sha256:test',
  name: 'test',
  root: 'root',
  nodes: { desk: agent },
  protocols: {
    Port: { operations: { ask: operation('call'), put: operation('cast'), tail: operation('stream') } },
    Desk: { operations: { run: operation('call'), feed: operation('stream') } },
  },
  wires: [{ from: { node: 'desk', port: 'out' }, to: 'sink', protocol: 'Port', guards: [] }],
  modules: { desk: { file: 'handlers/desk.ts', code } },
  hosts: [],
  files: [],
});

export type Body = { readonly limits?: Limits; readonly extra?: string; readonly seed?: number };
export type World = (limits: Limits) => Promise<GuestPool>;

/** The two ways to run handlers. */
export const sandbox: World = (limits) => SandboxPool.prepare(['sandbox-1'], limits);
export const native: World = async (limits) => new NativeGuests(limits);

/** `body` is that of the async operation `Desk.run(input, self)`; `extra` stands before it in the file's exports. */
export function guestOf(body: string, options: Body = {}, world: World = sandbox): Promise<Guest> {
  return guestWith(`async run(input, self) { ${body} }`, options, world);
}

/** `members` are those of `Desk`: `run` is a call, `feed` a stream. */
export async function guestWith(members: string, { limits = LIMITS, extra = '', seed = 1 }: Body = {}, world: World = sandbox): Promise<Guest> {
  const guest = (await world(limits)).create({ program: programWith(`({ ${extra} Desk: { ${members} } })`), agent, seed, name: 'desk', incarnation: 1, onLost: () => undefined });
  if ('loadFailed' in guest) throw new Error(guest.loadFailed);
  return guest;
}
export const run = (guest: Guest, input: Json = null): GuestTurn => guest.handle(1000, { protocol: 'Desk', operation: 'run', input });
export const feed = (guest: Guest, input: Json = null): GuestTurn => guest.handle(1000, { protocol: 'Desk', operation: 'feed', input });
