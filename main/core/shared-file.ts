/** A shared project: a zip of its folder, unpacked in memory and refused as a whole where anything in it is not as it should be. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import { failed, ok, type Result } from '../../shared/errors/result';
import { readZip, ZipFault, type ZipEntry } from './read-zip';

/** Bounds of contract section 1. */
const MOST_BYTES = 50 * 1024 * 1024;
const MOST_ENTRIES = 10_000;
const MOST_RATIO = 100;
/** Texts of spaces pack well; only what is larger than this is a danger. */
const LEAST_RATED_BYTES = 100_000;
const LONGEST_PART = 200;
const LONGEST_PATH = 1000;
const DEVICE_NAMES = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;
/** What Windows does not take in a name, and controls. */
const NOT_IN_NAMES = /[<>:"|?*\\\u0000-\u001f\u007f-\u009f\ufffd]/;
/** Signs that are not seen, or turn the direction: names that look like others. */
const UNSEEN = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|\udb40[\udc00-\udfff]/;
/** Folders of git, also by the short name that Windows gives them. */
const GIT_NAMES = /^(\.git|git~\d+)$/i;

const refuse = (what: string): Result<never> => failed({ code: 'NEW003', message: `the shared file was not opened: ${what}`, fix: 'Ask for a copy made by Prismatic Studio, and open only files of people you know.' });

/** Its files by path, folders left out. */
export function readShared(bytes: Uint8Array): Result<ReadonlyMap<string, Uint8Array>> {
  if (bytes.length > MOST_BYTES) return refuse(`it has ${bytes.length} bytes, at most ${MOST_BYTES} may be`);
  try {
    const entries = readZip(bytes, MOST_ENTRIES);
    const problem = findProblem(entries);
    if (problem !== undefined) return refuse(problem);
    return ok(new Map(entries.filter(({ isFolder }) => !isFolder).map((entry) => [entry.name, entry.read()])));
  } catch (error) {
    if (error instanceof ZipFault) return refuse(`it ${error.message}`);
    throw error;
  }
}

function findProblem(entries: readonly ZipEntry[]): string | undefined {
  const problem = entries.map(findEntryProblem).find((one) => one !== undefined);
  if (problem !== undefined) return problem;
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MOST_BYTES) return `its files have more than ${MOST_BYTES} bytes`;
  return findCollision(entries) ?? (entries.some(({ name }) => name === DESIGN_FILE) ? undefined : `it holds no ${DESIGN_FILE}`);
}

function findEntryProblem({ name, packedBytes, bytes }: ZipEntry): string | undefined {
  const shown = JSON.stringify(name);
  const parts = name.replace(/\/$/, '').split('/');
  if (name.startsWith('/') || name.startsWith('\\') || /^[A-Za-z]:/.test(name)) return `${shown} is an absolute path`;
  if (parts.some((part) => part === '..' || part === '.' || part === '')) return `${shown} leaves its folder`;
  if (NOT_IN_NAMES.test(name) || UNSEEN.test(name)) return `the name ${shown} is not plain`;
  if (parts.some((part) => DEVICE_NAMES.test(part) || /[. ]$/.test(part) || part.startsWith(' '))) return `${shown} is a device's name, or no name everywhere`;
  if (parts.some((part) => Buffer.byteLength(part) > LONGEST_PART) || name.length > LONGEST_PATH) return `the name ${shown.slice(0, 80)} is too long`;
  if (parts.some((part) => GIT_NAMES.test(part)) || parts[0]!.toLowerCase() === '.prismatic') return `${shown} has no place in a shared project`;
  if (bytes > LEAST_RATED_BYTES && bytes > packedBytes * MOST_RATIO) return `${shown} is packed more than ${MOST_RATIO} times smaller`;
  return undefined;
}

/** Names that are one name on some system: capitals, and characters written in several ways. A file is no folder of another. */
function findCollision(entries: readonly ZipEntry[]): string | undefined {
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const { name, isFolder } of entries) {
    const parts = name.replace(/\/$/, '').split('/');
    const folded = foldName(parts.join('/'));
    if (isFolder ? folders.has(`${folded}/`) : files.has(folded)) return `${JSON.stringify(name)} is there twice`;
    if (isFolder) folders.set(`${folded}/`, name);
    else files.set(folded, name);
  }
  const spelled = new Map<string, string>();
  for (const { name, isFolder } of entries) {
    const parts = name.replace(/\/$/, '').split('/');
    for (let count = 1; count <= parts.length; count += 1) {
      const path = parts.slice(0, count).join('/');
      const folded = foldName(path);
      if ((count < parts.length || isFolder) && files.has(folded)) return `${JSON.stringify(path)} is a file and a folder`;
      if ((spelled.get(folded) ?? path) !== path) return `${JSON.stringify(path)} is there twice, written differently`;
      spelled.set(folded, path);
    }
  }
  return undefined;
}

const foldName = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
