/** A path as people read it: the home folder is `~`. For answers and messages only; what opens a file keeps the whole path. */
import { homedir } from 'node:os';
import { sep } from 'node:path';

/** `~/designs/desk`. */
export const shownPath = (path: string, home = homedir()): string => (path === home || path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path);
