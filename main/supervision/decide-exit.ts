import { isOrderlyExit, type ExitReason } from '../../shared/run/exit-reason';
import type { Restart } from '../../shared/program/program';

/** `keep`: its record stays, without a process. `drop`: its record goes. Neither touches a sibling. */
export type ExitDecision = 'restart' | 'keep' | 'drop';

/** Restart type and the child's own reason decide, never the strategy (OTP supervisor, "restart"). */
export function decideExit(restart: Restart, reason: ExitReason): ExitDecision {
  switch (restart) {
    case 'permanent':
      return 'restart';
    case 'transient':
      return isOrderlyExit(reason) ? 'keep' : 'restart';
    case 'temporary':
      return 'drop';
  }
}
