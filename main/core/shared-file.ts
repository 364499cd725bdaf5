/** A shared project: a zip of its folder, unpacked in memory and refused as a whole where anything in it is not as it should be. */
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { failed, ok, type Result } from '../../shared/errors/result';

/** Bounds of contract section 1. */
const MOST_BYTES = 50 * 1024 * 1024;
const MOST_ENTRIES = 10_000;
const MOST_RATIO = 100;
const DEVICE_NAMES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const UNIX_LINK = 0o120000;

const refuse = (what: string): Result<never> => failed({ code: 'NEW003', message: `the shared file was not opened: ${what}`, fix: 'Ask for a copy made by Prismatic Studio, and open only files of people you know.' });

export function readShared(bytes: Uint8Array): Result<ReadonlyMap<string, Uint8Array>> {
  if (bytes.length > MOST_BYTES) return refuse(`it has ${bytes.length} bytes, at most ${MOST_BYTES} may be`);
  const seen = new Set<string>();
  let problem: string | undefined;
  let total = 0;
  const filter = (entry: UnzipFileInfo): boolean => {
    problem ??= findEntryProblem(entry, seen);
    total += entry.originalSize;
    if (total > MOST_BYTES) problem ??= `its files have more than ${MOST_BYTES} bytes`;
    if (seen.size > MOST_ENTRIES) problem ??= `it has more than ${MOST_ENTRIES} entries`;
    return problem === undefined && !entry.name.endsWith('/');
  };
  try {
    const links = findLinks(bytes);
    if (links !== undefined) return refuse(`${links} is a link`);
    const unzipped = unzipSync(bytes, { filter });
    if (problem !== undefined) return refuse(problem);
    const tooLong = Object.entries(unzipped).find(([, content]) => content.length > MOST_BYTES);
    if (tooLong) return refuse(`${tooLong[0]} is larger than it said`);
    return ok(new Map(Object.entries(unzipped)));
  } catch (error) {
    return refuse(`it is no whole zip file (${error instanceof Error ? error.message : 'unknown'})`);
  }
}

function findEntryProblem(entry: UnzipFileInfo, seen: Set<string>): string | undefined {
  const { name, size, originalSize } = entry;
  const parts = name.replace(/\/$/, '').split('/');
  if (name.includes('\u0000') || name.includes('\\') || name.includes('\ufffd')) return `the name ${JSON.stringify(name)} is not plain`;
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return `${name} is an absolute path`;
  if (parts.some((part) => part === '..' || part === '.' || part === '')) return `${name} leaves its folder`;
  if (parts.some((part) => DEVICE_NAMES.test(part) || /[. ]$/.test(part))) return `${name} is a device's name`;
  if (['.git', '.prismatic'].includes(parts[0]!.toLowerCase())) return `${name} has no place in a shared project`;
  const folded = name.normalize('NFC').toLowerCase();
  if (seen.has(folded)) return `${name} is there twice`;
  seen.add(folded);
  if (originalSize > 100_000 && originalSize > size * MOST_RATIO) return `${name} is packed more than ${MOST_RATIO} times smaller`;
  return undefined;
}

/** Links are told only by the Unix mode in the central directory, which the unpacker does not show. */
function findLinks(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 46 <= bytes.length; at += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const mode = view.getUint32(at + 38, true) >>> 16;
    if ((mode & 0o170000) !== UNIX_LINK) continue;
    return new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
  }
  return undefined;
}
