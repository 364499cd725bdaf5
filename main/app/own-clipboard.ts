/** The system's clipboard, for the core: a page has no right to it (security 4.1). */
import { clipboard } from 'electron';

export const ownClipboard = {
  write: async (text: string): Promise<void> => await clipboard.writeText(text),
  read: async (): Promise<string> => await clipboard.readText(),
};
