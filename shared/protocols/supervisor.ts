import type { Json } from '../json/json';

/** What a `simple_one_for_one` supervisor provides to agents that are wired to it. */
export const SUPERVISOR_PROTOCOL = 'Supervisor';

/** Errors of a supervisor's calls in OTP's words, and as the protocol declares them; any other is the reason of a failed start. */
export const SUPERVISOR_ERRORS: Readonly<Record<string, string>> = {
  not_found: 'NotFound',
  already_started: 'AlreadyStarted',
  already_present: 'AlreadyStarted',
  simple_one_for_one: 'SimpleOneForOne',
};

const one: Json = { type: 'object', properties: { id: { type: 'string', minLength: 1, maxLength: 64 } }, required: ['id'], additionalProperties: false };
const nothing: Json = { type: 'object', properties: {}, additionalProperties: false };
const count: Json = { type: 'integer', minimum: 0 };

export const supervisorProtocol: Json = {
  doc: 'Starts and stops children of a simple_one_for_one supervisor, copies of its template. Each has an id that is free while it lives.',
  operations: {
    startChild: {
      kind: 'call',
      doc: 'Starts a child, to the end of its init, which gets `args`. `ignored`: its init declined. An id is made of letters, digits, "-", "_" and ".".',
      input: { type: 'object', properties: { id: { type: 'string', minLength: 1, maxLength: 64 }, args: {} }, required: ['id'], additionalProperties: false },
      output: { type: 'object', properties: { outcome: { enum: ['started', 'ignored'] } }, required: ['outcome'] },
      errors: ['AlreadyStarted', 'StartFailed', 'BadId'],
      example: { id: 'worker-1', args: { speed: 2 } },
    },
    terminateChild: { kind: 'call', doc: 'Stops a child, as its shutdown says, and forgets it.', input: one, output: nothing, errors: ['NotFound'], idempotent: true },
    restartChild: { kind: 'call', doc: 'Of other strategies: a simple_one_for_one supervisor keeps no child that has ended.', input: one, output: nothing, errors: ['SimpleOneForOne'] },
    deleteChild: { kind: 'call', doc: 'Of other strategies: a simple_one_for_one supervisor keeps no child that has ended.', input: one, output: nothing, errors: ['SimpleOneForOne'] },
    whichChildren: {
      kind: 'call',
      doc: 'All children, in the order of their start.',
      input: nothing,
      output: {
        type: 'object',
        properties: { children: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' }, child: { enum: ['running', 'restarting', 'undefined'] }, type: { enum: ['worker', 'supervisor'] } }, required: ['id', 'child', 'type'] } } },
        required: ['children'],
      },
      idempotent: true,
    },
    countChildren: {
      kind: 'call',
      doc: 'How many there are, and how many of them run.',
      input: nothing,
      output: { type: 'object', properties: { specs: count, active: count, supervisors: count, workers: count }, required: ['specs', 'active', 'supervisors', 'workers'] },
      idempotent: true,
    },
  },
};
