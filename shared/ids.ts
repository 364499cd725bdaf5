/** Names that a design gives to its parts, and the shapes they must have (contract section 1). */

/** Stable id of a node: `[a-z][a-z0-9-]{0,63}`. */
export type NodeId = string;
/** A named way out of an agent, wired to a provider. */
export type PortName = string;
export type OperationName = string;
export type ProtocolName = string;

export const NODE_ID = /^[a-z][a-z0-9-]{0,63}$/;
export const PORT_NAME = /^[a-z][A-Za-z0-9]*$/;
export const PROTOCOL_NAME = /^[A-Z][A-Za-z0-9]*$/;
/** Words that a handler file uses for itself, so no port or operation may have them. */
export const RESERVED_OPERATIONS: ReadonlySet<string> = new Set(['init', 'terminate', 'default']);
/** Keys that reach an object's prototype. No project file, message or grant may hold one. */
export const POISONED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Where everything without an isolated ancestor runs that is not a supervisor. */
export const MAIN_HOST = 'main';
/** Where the root and every supervisor without an isolated ancestor live; it never runs a handler. */
export const CONTROL_HOST = 'control';
/** At most this many hosts in a run, the control host among them (design section 6). */
export const MAX_HOSTS = 32;
