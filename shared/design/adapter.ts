/** An adapter on a wire: the port requires one protocol, the node provides another, and this says how each operation is made of the other's. */
import { z } from 'zod';
import { anyJson } from '../json/json-schema';
import { ruled } from './field-rule';

const shape = (because: string, fix: string) => ({ code: 'WIR013', because, fix }) as const;

/** Templates are looked at by the compiler: `shared/adapters/README.md` has their language. */
export const adaptedOperation = z.object({
  to: ruled(z.string().describe('Operation of the other protocol that is called instead.'), shape('to is the name of an operation', 'Write it like "ask".')),
  input: anyJson.optional().describe('Template of its input, made of `input`; without it the input goes on as it is.'),
  output: anyJson.optional().describe('Template of the answer, made of `output` (the answer that came) and `input`; without it the answer comes as it is.'),
  errors: ruled(z.record(z.string(), z.string()).default({}).describe('Error of the other operation -> error of the one that was called, or a failure such as `overloaded`.'), shape('errors gives names of errors a name each', 'Write it like { "Busy": "RateLimited" }.')),
});

export const adapter = ruled(
  z.object({
    protocol: ruled(z.string().describe('Protocol that the node provides.'), shape('protocol is the name of a protocol', 'Write the one that the node provides.')),
    operations: ruled(z.record(z.string(), ruled(adaptedOperation, shape('an operation is adapted by an object that says to which it goes', 'Write it like { "to": "ask" }.'))).default({}).describe('Operation of the port’s protocol -> how it is adapted. One that is left out goes to the operation of the same name.'), shape('operations is an object: each key is an operation of the port’s protocol', 'Write it like { "complete": { "to": "ask" } }.')),
  }),
  shape('an adapter is an object with protocol and operations', 'Write it like { "protocol": "Chat", "operations": { "complete": { "to": "ask" } } }.'),
);
export type Adapter = z.infer<typeof adapter>;
