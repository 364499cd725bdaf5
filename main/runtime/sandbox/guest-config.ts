/** What a guest may know of the design: what it can ask over its ports, and which of its own operations are streams. */
import type { Program } from '../../../shared/program/program';
import type { GuestOptions } from '../../behaviours/guest';
import { wiresFrom } from '../../behaviours/wires';

type Kind = Program['protocols'][string]['operations'][string]['kind'];

/** What a port offers: operation -> kind. */
export type GuestPorts = { readonly [port: string]: { readonly [operation: string]: Kind } };
/** Provided protocol -> its operations of kind stream. */
export type GuestStreams = { readonly [protocol: string]: { readonly [operation: string]: true } };
export type GuestDesign = { readonly ports: GuestPorts; readonly streams: GuestStreams };

export function designOf(options: GuestOptions): GuestDesign {
  return { ports: portsOf(options), streams: streamsOf(options) };
}

/** The wired ports of an agent, and no others. */
function portsOf({ program, agent }: GuestOptions): GuestPorts {
  const ports = Object.create(null) as { [port: string]: { readonly [operation: string]: Kind } };
  for (const [port, wires] of wiresFrom(program, agent.id)) {
    const operations = Object.entries(program.protocols[wires.at(-1)!.protocol]?.operations ?? {});
    ports[port] = Object.fromEntries(operations.map(([name, { kind }]) => [name, kind]));
  }
  return ports;
}

function streamsOf({ program, agent }: GuestOptions): GuestStreams {
  const streams = Object.create(null) as { [protocol: string]: { readonly [operation: string]: true } };
  for (const name of agent.provides) {
    const own = Object.entries(program.protocols[name]?.operations ?? {}).flatMap(([operation, { kind }]) => (kind === 'stream' ? [[operation, true] as const] : []));
    if (own.length > 0) streams[name] = Object.fromEntries(own);
  }
  return streams;
}

export const isStreamOf = (streams: GuestStreams, { protocol, operation }: { readonly protocol: string; readonly operation: string }): boolean =>
  Object.hasOwn(streams, protocol) && Object.hasOwn(streams[protocol]!, operation);
