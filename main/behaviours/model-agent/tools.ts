/** Calls that a model asks for: which there are, whether one may be made, and what is told of it. Pure. */
import type { CallError } from '../../../shared/run/call-failure';
import type { Program, ProgramModelBehaviour, ProgramOperation, ProgramTool, ProgramWire } from '../../../shared/program/program';
import type { NodeId } from '../../../shared/ids';
import type { ModelTool, ModelToolCall } from '../../../shared/run/model-request';
import type { Json } from '../../../shared/json/json';
import { mismatchOf } from '../../../shared/schema/fits-schema';
import { formatMismatch } from '../../../shared/schema/validate-value';
import { findOperation } from '../../kernel/door';
import { wiresOf } from '../wires';

/** Calls of one answer that are made at a time, and at all; the others are told that they were too many. */
export const CALLS_AT_ONCE = 8;
export const MOST_CALLS = 64;
/** Characters of a result that a model is told. */
const MOST_RESULT = 65_536;

export type WiredTool = { readonly tool: ProgramTool; readonly wire: ProgramWire; readonly input: ProgramOperation['input'] };

export function wiredTools(program: Program, node: NodeId, { tools }: ProgramModelBehaviour): ReadonlyMap<string, WiredTool> {
  const wired = tools.flatMap((tool) => {
    const wire = wiresOf(program, node, tool.port)[0];
    const operation = wire && findOperation(program, wire.protocol, tool.operation);
    return wire && operation ? [[tool.name, { tool, wire, input: operation.input }] as const] : [];
  });
  return new Map(wired);
}

export const offer = (tools: ReadonlyMap<string, WiredTool>): readonly ModelTool[] => [...tools.values()].map(({ tool: { name, description }, input }) => ({ name, ...(description === undefined ? {} : { description }), input }));

export type Checked = { readonly ok: true; readonly wired: WiredTool } | { readonly ok: false; readonly error: CallError };

/** `index`: its place in the answer. */
export function checkCall({ name, input }: ModelToolCall, index: number, tools: ReadonlyMap<string, WiredTool>): Checked {
  const wired = tools.get(name);
  if (index >= MOST_CALLS) return refuse('overloaded', `an answer may ask for ${MOST_CALLS} calls; this is one more`);
  if (!wired) return refuse('noproc', `there is no tool ${name.slice(0, 100)}; there ${tools.size === 0 ? 'is none' : `are ${[...tools.keys()].join(', ')}`}`);
  const mismatch = mismatchOf(wired.input, input);
  return mismatch ? refuse('invalid', `the input does not fit: ${formatMismatch(mismatch)}`) : { ok: true, wired };
}

const refuse = (code: string, message: string): Checked => ({ ok: false, error: { code, message } });

export function wordResult(result: { readonly ok: true; readonly output: Json } | { readonly ok: false; readonly error: CallError }): string {
  const text = JSON.stringify(result.ok ? result.output : { error: { code: result.error.code, message: result.error.message, ...(result.error.data === undefined ? {} : { data: result.error.data }) } });
  return text.length <= MOST_RESULT ? text : `${text.slice(0, MOST_RESULT)} ... (${text.length - MOST_RESULT} more characters are not told)`;
}
