/**
 * Requests about the person's own registry of MCP servers (`tools.json`): which program stands behind a name, and what it offers. A
 * command is a program on this computer, so only the person at the window changes it, and is shown the whole line before it is kept.
 * Values of variables go in and never come out again.
 */
import { z } from 'zod';
import type { Result } from '../errors/result';
import { toolServer } from '../run/tool-settings';

/** What the app writes; a file of a person may have others. */
const serverName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);
const ofServer = z.strictObject({ name: serverName });

/** As in the file, but a variable's value may be `null`: the one that is there stays. */
const givenServer = z.strictObject({ ...toolServer.shape, env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/), z.string().max(10_000).nullable()).default({}) });
export type GivenServer = z.infer<typeof givenServer>;

export const toolRequests = {
  'tools.list': z.strictObject({}),
  'tools.put': z.strictObject({ name: serverName, settings: givenServer }),
  'tools.remove': ofServer,
  /** Starts it as a run does, asks what it offers, and ends it. */
  'tools.try': ofServer,
} as const;

export type ListedServer = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Names of its variables; their values may be secrets. */
  readonly env: readonly string[];
  /** Tools that may be called; absent: all. */
  readonly allow?: readonly string[];
};
export type ToolList = { readonly servers: readonly ListedServer[]; /** Whether this shell may change it: a browser may not. */ readonly mayChange: boolean };
export type OfferedTool = { readonly name: string; readonly says: string; /** Fields of its input. */ readonly fields: readonly string[] };
export type TriedServer = { readonly tools: readonly OfferedTool[]; readonly tookMs: number };

export type ToolAnswers = {
  'tools.list': Result<ToolList>;
  'tools.put': Result<ToolList>;
  'tools.remove': Result<ToolList>;
  'tools.try': Result<TriedServer>;
};
