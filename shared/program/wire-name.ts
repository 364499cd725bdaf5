import type { ProgramWire } from './program';

/** How records, samples, commands and the drawing name a wire: `desk.llm brain`. */
export const nameOfWire = ({ from, to }: Pick<ProgramWire, 'from' | 'to'>): string => `${from.node}.${from.port} ${to}`;
