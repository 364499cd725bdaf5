import type { OperationView } from '../protocol-view';

export const promptPath = (id: string): string => `prompts/${id}.md`;

const sayOf = ({ doc }: Pick<OperationView, 'doc'>): string => `${doc.trim() === '' ? 'Answer this.' : doc.trim()}\n\n{{input}}\n`;

/** A prompt that works before anybody has thought of a better one: what the operation is for, and the whole input. */
export function promptFor(operations: readonly Pick<OperationView, 'name' | 'doc'>[]): string {
  const [first, ...more] = operations;
  if (!first || more.length === 0) return sayOf(first ?? { doc: '' });
  return operations.map((one) => `## ${one.name}\n\n${sayOf(one)}`).join('\n');
}
