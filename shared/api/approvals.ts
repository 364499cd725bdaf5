/** Requests about what people are asked by runs of the Studio (nodes of kind `human`). */
import { z } from 'zod';
import type { Result } from '../errors/result';
import { anyJson } from '../json/json-schema';
import type { Json } from '../json/json';
import type { ValueSchema } from '../schema/value-schema';
import { projectKey, type ProjectKey } from './project';

const name = z.string().max(200);

export const approvalRequests = {
  /** What waits for an answer in the run of a project, oldest first. */
  'approvals.list': z.strictObject({ project: projectKey }),
  /** An output of the operation, or one of the errors that it declares. What does not fit is told, and the request goes on waiting. */
  'approvals.answer': z.union([z.strictObject({ id: z.string().max(500), output: anyJson }), z.strictObject({ id: z.string().max(500), error: z.strictObject({ name, data: anyJson.optional() }) })]),
} as const;

/** One request that waits for a person. */
export type Approval = {
  /** Unique over all runs; what `approvals.answer` takes. */
  readonly id: string;
  readonly run: string;
  /** Node of kind `human` that asks. */
  readonly node: string;
  /** What the person is asked, in the design's words. */
  readonly question?: string;
  readonly protocol: string;
  readonly operation: string;
  readonly input: Json;
  /** What an answer must fit. */
  readonly output: ValueSchema;
  /** Errors that may be answered instead. */
  readonly errors: readonly string[];
  readonly askedAtUnixMs: number;
  readonly deadlineAtUnixMs: number;
};

export type ApprovalAnswers = {
  'approvals.list': Result<{ readonly approvals: readonly Approval[] }>;
  'approvals.answer': Result<null>;
};

export type ApprovalEvents = {
  /** All that wait in the run of a project, whenever one comes, is answered or is late. */
  'approvals.changed': { readonly project: ProjectKey; readonly approvals: readonly Approval[] };
};
