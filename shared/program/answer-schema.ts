import type { Json } from '../json/json';
import { sampleValue } from '../schema/sample-value';
import type { ValueSchema } from '../schema/value-schema';
import type { ProgramOperation } from './program';

/** What an answer in one piece has to fit: of a stream, the list of its items. */
export const answerSchemaOf = ({ kind, output }: Pick<ProgramOperation, 'kind' | 'output'>): ValueSchema => (kind === 'stream' ? { type: 'array', items: output } : output);

/** The simplest answer to begin with: of a stream, a list of one item. */
export const sampleAnswer = ({ kind, output }: Pick<ProgramOperation, 'kind' | 'output'>): Json => (kind === 'stream' ? [sampleValue(output)] : sampleValue(output));
