import type { GuestPool } from '../behaviours/guest';
import type { HostBirth } from './host-protocol';
import { SandboxPool } from './sandbox/sandbox-pool';

/** The sandboxes that the plan gives to this host. */
export async function prepareGuests(birth: HostBirth): Promise<GuestPool> {
  const planned = birth.program.hosts.find(({ id }) => id === birth.host);
  return SandboxPool.prepare(planned?.instances ?? []);
}
