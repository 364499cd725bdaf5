import type { Json } from '../json/json';
import { SUPERVISOR_PROTOCOL, supervisorProtocol } from './supervisor';

/** Protocols that every project has without a file. A file of the same name takes its place. */
export const BUILT_IN_PROTOCOLS: Readonly<Record<string, Json>> = {
  [SUPERVISOR_PROTOCOL]: supervisorProtocol,
  Model: {
    doc: 'A language model, or what stands in for one.',
    operations: {
      complete: {
        kind: 'call',
        doc: 'Answers a prompt.',
        input: {
          type: 'object',
          properties: { prompt: { type: 'string' }, system: { type: 'string' }, maxTokens: { type: 'integer', minimum: 1 } },
          required: ['prompt'],
          additionalProperties: false,
        },
        output: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
        example: { prompt: 'What is this about?' },
      },
    },
  },
};
