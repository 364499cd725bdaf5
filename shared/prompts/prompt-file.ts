/**
 * A prompt file: one text for all operations of its agent, or sections. A line `## classify` or `## Triage.classify` begins the section of
 * that operation, where the agent provides it; any other heading is text. What stands before the first section goes before each of them.
 */

export type PromptOperation = { readonly protocol: string; readonly operation: string };
/** `start`: where the text stands in the file. */
export type PromptText = { readonly text: string; readonly start: number };
export type PromptFile = { readonly common: PromptText; readonly sections: readonly (PromptText & { readonly protocol?: string; readonly operation: string })[] };

const HEADING = /^##[ \t]+(?:([A-Z][A-Za-z0-9]*)\.)?([a-z][A-Za-z0-9]*)[ \t]*\r?$/gm;

export function readPromptFile(text: string, operations: readonly PromptOperation[]): PromptFile {
  const headings = [...text.matchAll(HEADING)].filter(([, protocol, operation]) => operations.some((one) => one.operation === operation && (protocol === undefined || one.protocol === protocol)));
  const end = (index: number): number => headings[index]?.index ?? text.length;
  const sections = headings.map((heading, index) => {
    const start = heading.index + heading[0].length;
    return { ...(heading[1] === undefined ? {} : { protocol: heading[1] }), operation: heading[2]!, start, text: text.slice(start, end(index + 1)) };
  });
  return { common: { text: text.slice(0, end(0)), start: 0 }, sections };
}

/** The texts of which the prompt of an operation is made, in order; those that are empty are left out. */
export function textsFor({ common, sections }: PromptFile, { protocol, operation }: PromptOperation): readonly PromptText[] {
  const own = sections.filter((section) => section.operation === operation && (section.protocol ?? protocol) === protocol);
  return [common, ...own].filter(({ text }) => text.trim() !== '');
}
