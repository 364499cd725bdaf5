/** Zips as a stranger may make them: written byte by byte, so that any of it can lie. */
import { deflateRawSync } from 'node:zlib';

/** An entry; what is absent is as it should be. */
export type ZipPart = {
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array;
  readonly packed?: Uint8Array;
  readonly method?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly attributes?: number;
  readonly system?: number;
  readonly extra?: Uint8Array;
  readonly localName?: string;
  readonly localSize?: number;
  /** Shares the data of the entry before. */
  readonly sharesBefore?: boolean;
};
export const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const crcTable = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c: number) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n));
const crc32 = (bytes: Uint8Array): number => (bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

export function fields(...values: readonly (readonly [number, number])[]): Uint8Array {
  const bytes = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of values) at = bytes.writeUIntLE(value >>> 0, at, size);
  return bytes;
}

/** `shift` moves where the directory is said to be; `count` is how many entries are said to be. */
export function writeZip(parts: readonly ZipPart[], end: { readonly count?: number; readonly shift?: number; readonly after?: string } = {}): Uint8Array {
  const [body, directory]: [Uint8Array[], Uint8Array[]] = [[], []];
  let [offset, before] = [0, 0];
  for (const part of parts) {
    const name = typeof part.name === 'string' ? text(part.name) : part.name;
    const data = part.data ?? text('');
    const packed = part.packed ?? deflateRawSync(data);
    const [method, flags, crc, size, packedSize, extra] = [part.method ?? 8, part.flags ?? 0, part.crc ?? crc32(data), part.size ?? data.length, part.packedSize ?? packed.length, part.extra ?? text('')];
    const localName = part.localName === undefined ? name : text(part.localName);
    const local = Buffer.concat([fields([4, 0x04034b50], [2, 20], [2, flags], [2, method], [4, 0], [4, crc], [4, packedSize], [4, part.localSize ?? size], [2, localName.length], [2, 0]), localName, packed]);
    const at = part.sharesBefore ? before : offset;
    directory.push(fields([4, 0x02014b50], [1, 20], [1, part.system ?? 3], [2, 20], [2, flags], [2, method], [4, 0], [4, crc], [4, packedSize], [4, size], [2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, part.attributes ?? 0], [4, at]), name, extra);
    if (part.sharesBefore) continue;
    body.push(local);
    before = offset;
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = end.count ?? parts.length;
  return Buffer.concat([...body, central, fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, central.length], [4, offset + (end.shift ?? 0)], [2, 0]), text(end.after ?? '')]);
}
