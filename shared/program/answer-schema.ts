import type { ValueSchema } from '../schema/value-schema';
import type { ProgramOperation } from './program';

/** What an answer in one piece has to fit: of a stream, the list of its items. */
export const answerSchemaOf = ({ kind, output }: Pick<ProgramOperation, 'kind' | 'output'>): ValueSchema => (kind === 'stream' ? { type: 'array', items: output } : output);
