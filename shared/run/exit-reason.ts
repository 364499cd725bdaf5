/**
 * Why a process ended: an Erlang term in text, without spaces, as `shared/oracle/FORMAT.md` writes it: `normal`, `shutdown`,
 * `{shutdown,x}`, `killed`, `noconnection`, `{shutdown,{failed_to_start_child,w3,init_failed}}`, or any other word or sentence.
 * The words of a crash (message and first stack line) follow a colon: `crash: TypeError: x is not a function (desk.ts:3:9)`.
 */
export type ExitReason = string;

/** Reasons after which a `transient` child is not restarted (OTP supervisor, "restart"). */
export function isOrderlyExit(reason: ExitReason): boolean {
  return reason === 'normal' || reason === 'shutdown' || reason.startsWith('{shutdown,');
}
