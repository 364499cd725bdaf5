/**
 * Reads a zip file that a stranger made, strictly: every byte that says something must agree with every other (APPNOTE.TXT 6.3). Readers
 * that are lenient differ in what they see in one file, and bombs live from that: entries that share their data, sizes that lie, names
 * that the two directories give differently. Knows nothing of what names may be (`shared-file.ts`).
 */
import { inflateRawSync } from 'node:zlib';

export type ZipEntry = { readonly name: string; readonly isFolder: boolean; readonly packedBytes: number; readonly bytes: number; read: () => Uint8Array };

/** What is wrong with the file, in words that follow "it". */
export class ZipFault extends Error {
  override name = 'ZipFault';
}

const fault = (what: string): never => {
  throw new ZipFault(what);
};

const [END, CENTRAL, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_BYTES, CENTRAL_BYTES, LOCAL_BYTES] = [22, 46, 30];
const [STORED, DEFLATED] = [0, 8];
/** Bits of the general purpose flag: encrypted, sizes after the data, patch data, strong encryption, hidden directory. */
const [ENCRYPTED, SIZES_AFTER, REFUSED_FLAGS] = [0x1, 0x8, 0x1 | 0x20 | 0x40 | 0x2000];
/** Extra fields: sizes of 64 bits, another name in Unicode. */
const REFUSED_EXTRAS: ReadonlySet<number> = new Set([0x0001, 0x7075]);
const UNIX = 3;
const [TYPE_MASK, REGULAR, FOLDER] = [0o170000, 0o100000, 0o040000];

type Central = { readonly name: string; readonly nameBytes: Uint8Array; readonly flags: number; readonly method: number; readonly crc: number; readonly packed: number; readonly size: number; readonly offset: number };

/** Entries in the order of the directory; nothing is unpacked before `read`. Throws `ZipFault`. */
export function readZip(bytes: Uint8Array, mostEntries: number): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, end, count } = readEnd(view, mostEntries);
  const directory = readDirectory(bytes, view, { start, end, count });
  const ranges: { readonly from: number; readonly to: number }[] = [];
  const entries = directory.map((entry): ZipEntry => {
    const data = readLocal(bytes, view, entry, start);
    ranges.push({ from: entry.offset, to: data.to });
    return { name: entry.name, isFolder: entry.name.endsWith('/'), packedBytes: entry.packed, bytes: entry.size, read: () => unpack(bytes.subarray(data.from, data.to), entry) };
  });
  ranges.sort((a, b) => a.from - b.from);
  for (const [index, range] of ranges.entries()) if (index > 0 && range.from < ranges[index - 1]!.to) fault('has entries that lie over each other');
  return entries;
}

function readEnd(view: DataView, mostEntries: number): { readonly start: number; readonly end: number; readonly count: number } {
  const end = view.byteLength - END_BYTES;
  if (end < 0 || view.getUint32(end, true) !== END || view.getUint16(end + 20, true) !== 0) fault('is no whole zip file, or something stands after its end');
  const [disk, startDisk, here, count] = [view.getUint16(end + 4, true), view.getUint16(end + 6, true), view.getUint16(end + 8, true), view.getUint16(end + 10, true)];
  const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (disk !== 0 || startDisk !== 0 || here !== count) fault('is a part of several');
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) fault('is of the kind for very large files (zip64)');
  if (count > mostEntries) fault(`has ${count} entries, at most ${mostEntries} may be`);
  if (start + size !== end) fault('has a directory that does not lie where it says');
  return { start, end, count };
}

function readDirectory(bytes: Uint8Array, view: DataView, { start, end, count }: { readonly start: number; readonly end: number; readonly count: number }): readonly Central[] {
  const entries: Central[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > end || view.getUint32(at, true) !== CENTRAL) fault('has a directory that is cut short');
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const next = at + CENTRAL_BYTES + nameLength + extraLength + commentLength;
    if (next > end) fault('has a directory that is cut short');
    entries.push(readCentral(bytes, view, at, { nameLength, extraLength }));
    at = next;
  }
  if (at !== end) fault('has more in its directory than it says');
  return entries;
}

function readCentral(bytes: Uint8Array, view: DataView, at: number, { nameLength, extraLength }: { readonly nameLength: number; readonly extraLength: number }): Central {
  const nameBytes = bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength);
  const name = decodeName(nameBytes);
  const [flags, method, crc, packed, size, offset] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
  const shown = JSON.stringify(name);
  if ((flags & ENCRYPTED) !== 0) fault(`has an encrypted entry, ${shown}`);
  if ((flags & REFUSED_FLAGS) !== 0) fault(`packs ${shown} in a way that is not read`);
  if (method !== STORED && method !== DEFLATED) fault(`packs ${shown} with method ${method}; only deflate is read`);
  if (packed === 0xffffffff || size === 0xffffffff || offset === 0xffffffff) fault(`has ${shown} of the kind for very large files (zip64)`);
  if (method === STORED && packed !== size) fault(`gives ${shown} two sizes`);
  if (view.getUint16(at + 34, true) !== 0) fault('is a part of several');
  checkExtras(view, at + CENTRAL_BYTES + nameLength, extraLength, shown);
  checkKind(view, at, name, size);
  return { name, nameBytes, flags, method, crc, packed, size, offset };
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fault('has a name that is no UTF-8');
  }
}

function checkExtras(view: DataView, from: number, length: number, shown: string): void {
  for (let at = from; at < from + length; ) {
    if (at + 4 > from + length) fault(`has a broken extra field at ${shown}`);
    if (REFUSED_EXTRAS.has(view.getUint16(at, true))) fault(`gives ${shown} another name or other sizes aside`);
    at += 4 + view.getUint16(at + 2, true);
    if (at > from + length) fault(`has a broken extra field at ${shown}`);
  }
}

/** Files and folders only. Unix says by the mode what an entry is, DOS by one bit. */
function checkKind(view: DataView, at: number, name: string, size: number): void {
  const [system, attributes] = [view.getUint8(at + 5), view.getUint32(at + 38, true)];
  const type = (attributes >>> 16) & TYPE_MASK;
  const isFolder = name.endsWith('/');
  // Also where another system is named: some readers take the mode all the same.
  if (type !== 0 && type !== REGULAR && type !== FOLDER) fault(`has ${JSON.stringify(name)}, which is a link or a device`);
  if (type !== 0 && system === UNIX && (type === FOLDER) !== isFolder) fault(`has ${JSON.stringify(name)} as file and as folder`);
  if (isFolder && size !== 0) fault(`has a folder ${JSON.stringify(name)} with contents of its own`);
}

/** The header before the data must say what the directory says. */
function readLocal(bytes: Uint8Array, view: DataView, entry: Central, directory: number): { readonly from: number; readonly to: number } {
  const { offset: at, packed } = entry;
  const shown = JSON.stringify(entry.name);
  if (at + LOCAL_BYTES > directory || view.getUint32(at, true) !== LOCAL) fault(`has no data where it says for ${shown}`);
  const [flags, method, crc, packedHere, sizeHere] = [view.getUint16(at + 6, true), view.getUint16(at + 8, true), view.getUint32(at + 14, true), view.getUint32(at + 18, true), view.getUint32(at + 22, true)];
  const [nameLength, extraLength] = [view.getUint16(at + 26, true), view.getUint16(at + 28, true)];
  const from = at + LOCAL_BYTES + nameLength + extraLength;
  if (from + packed > directory) fault(`is cut short at ${shown}`);
  const isSameName = Buffer.compare(bytes.subarray(at + LOCAL_BYTES, at + LOCAL_BYTES + nameLength), entry.nameBytes) === 0;
  const areSizesAfter = (flags & SIZES_AFTER) !== 0;
  const agrees = (here: number, there: number): boolean => here === there || (areSizesAfter && here === 0);
  if (!isSameName || flags !== entry.flags || method !== entry.method || !agrees(crc, entry.crc) || !agrees(packedHere, packed) || !agrees(sizeHere, entry.size)) fault(`says one thing of ${shown} in its directory and another beside the data`);
  checkExtras(view, at + LOCAL_BYTES + nameLength, extraLength, shown);
  return { from, to: from + packed };
}

/** Stops as soon as there is more than was said. */
function unpack(packed: Uint8Array, { name, method, size, crc }: Central): Uint8Array {
  const data = method === STORED ? packed : inflate(packed, size, name);
  if (data.length !== size || crc32(data) !== crc) fault(`has other data for ${JSON.stringify(name)} than it says`);
  return data;
}

function inflate(packed: Uint8Array, size: number, name: string): Uint8Array {
  try {
    const { buffer, engine } = inflateRawSync(packed, { maxOutputLength: Math.max(size, 1), info: true }) as unknown as { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } };
    if (engine.bytesWritten !== packed.length) fault(`has something after the data of ${JSON.stringify(name)}`);
    return buffer;
  } catch (error) {
    if (error instanceof ZipFault) throw error;
    return fault(`has data for ${JSON.stringify(name)} that is larger than it says, or damaged`);
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
