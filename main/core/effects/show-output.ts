/** Effect kind `console`: a sink's value, to whoever looks at the run. */
import type { Json } from '../../../shared/json/json';
import { done, type EffectPerformer } from './perform-effect';

export type EffectOutput = { readonly node: string; readonly port: string; readonly value: Json };

export const showingOutput = (onOutput: (output: EffectOutput) => void): EffectPerformer => ({
  isRepeatable: false,
  isOutput: true,
  perform: ({ node, request }) => {
    // Checked where it came in (engine-messages.ts).
    const { port, value } = request as { readonly port: string; readonly value: Json };
    onOutput({ node, port, value });
    return Promise.resolve(done());
  },
});
