/**
 * The one API of the Studio, behind Electron IPC and the browser's WebSocket. Requests are checked and bounded where they enter
 * (`parse-request.ts`); failures cross as `Result`, since a thrown error keeps only its message. Events go to every client that
 * has the project open; a shell's own go to one window.
 */
import type { z } from 'zod';
import { approvalRequests, type ApprovalAnswers, type ApprovalEvents } from './approvals';
import { projectRequests, type ProjectAnswers, type ProjectEvents } from './project';
import { providerRequests, type ProviderAnswers } from './providers';
import { toolRequests, type ToolAnswers } from './tools';
import { runRequests, type RunAnswers, type RunEvents } from './run';
import { shellRequests, type ShellAnswers, type ShellEvents } from './shell';
import { testRequests, type TestAnswers, type TestEvents } from './tests';

export const requestSchemas = { ...shellRequests, ...projectRequests, ...runRequests, ...testRequests, ...providerRequests, ...toolRequests, ...approvalRequests } as const;
export type RequestName = keyof typeof requestSchemas;
export type RequestInput<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;
type Answers = ShellAnswers & ProjectAnswers & RunAnswers & TestAnswers & ProviderAnswers & ToolAnswers & ApprovalAnswers;
export type RequestAnswer<N extends RequestName> = Answers[N];

export type Events = ShellEvents & ProjectEvents & RunEvents & TestEvents & ApprovalEvents;
export type EventName = keyof Events;
export type StudioEvent = { readonly [N in EventName]: { readonly name: N; readonly payload: Events[N] } }[EventName];

/** One handler for each request: a missing one does not compile. */
export type RequestHandlers<Context> = { readonly [N in RequestName]: (input: RequestInput<N>, context: Context) => RequestAnswer<N> | Promise<RequestAnswer<N>> };

/** What crosses the socket. An answer has the id of its request. */
export type ToStudio = { readonly id: number; readonly name: RequestName; readonly input: unknown };
export type FromStudio = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly fault: string } | { readonly event: StudioEvent };
