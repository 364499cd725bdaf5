/** Everything a person can do, as values: the command palette, the menus, the toolbar and the keys all go through these. */
import type { LucideIcon } from 'lucide-react';

export type Command = {
  /** Stable: menus of the window send it. */
  readonly id: string;
  /** A verb and its object: `Add code agent under desk`. */
  readonly label: string;
  readonly icon?: LucideIcon;
  /** `Mod+Shift+Z`; `Mod` is Ctrl, or Cmd on a Mac. A single letter works only outside of text fields. */
  readonly keys?: string;
  /** Where it acts, in the palette's right column. */
  readonly place?: string;
  /** Why it can't be done now; absent where it can. */
  readonly refusal?: string;
  readonly run: () => void;
};

/** Whether a key event is what `keys` names. */
export function matchesKeys(keys: string, event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>, isMac: boolean): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1)!.toLowerCase();
  const wantsMod = parts.includes('Mod');
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  return event.key.toLowerCase() === key && mod === wantsMod && !other && event.shiftKey === parts.includes('Shift') && event.altKey === parts.includes('Alt');
}

/** `Mod+Shift+Z` as people read it here. */
export const wordKeys = (keys: string, modifier: string): string => keys.replace('Mod', modifier).replaceAll('+', ' ');

/** Commands whose label holds every word of the query, those that begin with it first. */
export function findCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands;
  const score = ({ label, place = '' }: Command): number => {
    const text = `${label} ${place}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return 0;
    return text.startsWith(words[0]!) ? 3 : text.includes(` ${words[0]!}`) ? 2 : 1;
  };
  return commands
    .map((command) => ({ command, score: score(command) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ command }) => command);
}
