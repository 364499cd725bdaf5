import type { GuestPool } from '../behaviours/guest';
import type { ThreadBirth } from './host-protocol';
import { NativeGuests } from './sandbox/native-guest';
import { SandboxPool } from './sandbox/sandbox-pool';

/** Answers what gives a host the sandboxes of its plan, by their ids; or plain V8, where a person chose it for this run. */
export async function warmGuests({ nativeHandlers, sandboxes }: ThreadBirth): Promise<(instances: readonly string[]) => Promise<GuestPool>> {
  if (nativeHandlers) return () => Promise.resolve(new NativeGuests());
  const pool = await SandboxPool.warm(sandboxes);
  return async (instances) => {
    await pool.open(instances);
    return pool;
  };
}
