/** Which files of a folder belong to the project as people edit it (contract section 1). */

export const DESIGN_FILE = 'design.json';
export const LAYOUT_FILE = 'layout.json';
/** A larger text is shown by name and not opened. */
export const MOST_TEXT_BYTES = 1024 * 1024;
/** Folders whose files are text that people edit, with the endings they may have. */
const TEXT_FOLDERS: Readonly<Record<string, RegExp>> = {
  protocols: /\.json$/,
  handlers: /\.(ts|js|json)$/,
  prompts: /\.(md|txt)$/,
  scenarios: /\.json$/,
  tests: /\.ts$/,
  expectations: /\.ts$/,
  upcasters: /\.ts$/,
};
const LONGEST_PATH = 300;
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

export const TEXT_FOLDER_NAMES: readonly string[] = Object.keys(TEXT_FOLDERS);
export const isJsonFile = (path: string): boolean => path.endsWith('.json');

/** Whether a path may be read into a document and written by an edit. Plain names only: no dot files, no way out. */
export function isProjectFile(path: string): boolean {
  if (path === DESIGN_FILE || path === LAYOUT_FILE || path === 'README.md') return true;
  const parts = path.split('/');
  const endings = Object.hasOwn(TEXT_FOLDERS, parts[0]!) ? TEXT_FOLDERS[parts[0]!] : undefined;
  return parts.length > 1 && path.length <= LONGEST_PATH && endings !== undefined && endings.test(path) && parts.every((part) => PLAIN_NAME.test(part));
}
