import type { GuestPool } from '../behaviours/guest';
import type { HostBirth } from './host-protocol';
import { NativeGuests } from './sandbox/native-guest';
import { SandboxPool } from './sandbox/sandbox-pool';

/** The sandboxes that the plan gives to this host; or plain V8, where a person chose it for this run. */
export async function prepareGuests(birth: HostBirth): Promise<GuestPool> {
  if (birth.nativeHandlers) return new NativeGuests();
  const planned = birth.program.hosts.find(({ id }) => id === birth.host);
  return SandboxPool.prepare(planned?.instances ?? []);
}
