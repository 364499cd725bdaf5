/** `agent`, or where that is taken `agent-2`, `agent-3` and so on. */
export const freeId = (stem: string, taken: (id: string) => boolean): string => {
  if (!taken(stem)) return stem;
  for (let number = 2; ; number += 1) if (!taken(`${stem}-${number}`)) return `${stem}-${number}`;
};
