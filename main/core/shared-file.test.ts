import { deflateRawSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { readShared } from './shared-file';
import { SMALL_PROJECT } from './small-project';
import { fields, text, writeZip, type ZipPart } from './testing/lying-zip';

const design: ZipPart = { name: 'design.json', data: text('{}') };
const withPart = (part: ZipPart): Uint8Array => writeZip([design, part]);
const messageOf = (bytes: Uint8Array): string => {
  const read = readShared(bytes);
  return read.ok ? 'opened' : `${read.error.code} ${read.error.message}`;
};

describe('a shared file', () => {
  it('as it should be is opened, whoever packed it', () => {
    const files = Object.fromEntries(SMALL_PROJECT);
    const opened = readShared(zipSync(files));
    expect(opened.ok && Object.fromEntries([...opened.value].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))).toEqual(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()])));
    expect(messageOf(writeZip([design, { name: 'data/' }, { name: 'data/ä.txt', data: text('x') }, { name: 'data/e.txt', data: text('stored'), packed: text('stored'), method: 0, attributes: 0o100644 * 65536 }]))).toBe('opened');
  });

  it.each<[string, Uint8Array, string]>([
    ['no zip', text('{"format":"prismatic/1"}'), 'no whole zip'],
    ['nothing', text(''), 'no whole zip'],
    ['a zip with something after it', writeZip([design], { after: '<script>' }), 'after its end'],
    ['a directory elsewhere', writeZip([design], { shift: -1 }), 'does not lie where it says'],
    ['fewer entries than its directory has', writeZip([design, { name: 'a' }], { count: 1 }), 'more in its directory'],
    ['more entries than its directory has', writeZip([design], { count: 2 }), 'cut short'],
    ['no design', writeZip([{ name: 'x.txt' }]), 'holds no design.json'],
    ['a link', withPart({ name: 'handlers/x.ts', data: text('/etc/passwd'), attributes: 0o120777 * 65536 }), 'a link or a device'],
    ['a link that names another system', withPart({ name: 'handlers/x.ts', data: text('/etc/passwd'), attributes: 0o120777 * 65536, system: 0 }), 'a link or a device'],
    ['a pipe', withPart({ name: 'data/x', attributes: 0o010644 * 65536 }), 'a link or a device'],
    ['entries over each other', writeZip([design, { name: 'a', data: text('x') }, { name: 'a', data: text('x'), sharesBefore: true }]), 'over each other'],
    ['a size that is too small', withPart({ name: 'a', data: text('xxxxx'), size: 2 }), 'larger than it says'],
    ['a size that is too large', withPart({ name: 'a', data: text('x'), size: 5 }), 'other data'],
    ['another checksum', withPart({ name: 'a', data: text('x'), crc: 1 }), 'other data'],
    ['more packed data than it needs', withPart({ name: 'a', data: text('x'), packed: Buffer.concat([deflateRawSync(text('x')), text('hidden')]) }), 'something after the data'],
    ['packed data beyond the end', withPart({ name: 'a', data: text('x'), packedSize: 10_000 }), 'cut short'],
    ['two names for one entry', withPart({ name: 'a', localName: 'b' }), 'another beside the data'],
    ['two sizes for one entry', withPart({ name: 'a', data: text('xx'), localSize: 1 }), 'another beside the data'],
    ['a stored entry of two sizes', withPart({ name: 'a', data: text('xx'), packed: text('x'), method: 0 }), 'two sizes'],
    ['an encrypted entry', withPart({ name: 'a', flags: 1 }), 'encrypted'],
    ['another method', withPart({ name: 'a', method: 12 }), 'method 12'],
    ['sizes of 64 bits aside', withPart({ name: 'a', extra: fields([2, 1], [2, 8], [4, 1], [4, 0]) }), 'aside'],
    ['another name aside', withPart({ name: 'a', extra: fields([2, 0x7075], [2, 4], [4, 0]) }), 'aside'],
    ['sizes marked as of 64 bits', withPart({ name: 'a', size: 0xffffffff }), 'zip64'],
    ['a name that is no UTF-8', withPart({ name: Uint8Array.from([0xff, 0xfe]) }), 'no UTF-8'],
    ['a folder with contents', withPart({ name: 'a/', data: text('x') }), 'contents of its own'],
    ['a bomb', withPart({ name: 'a', data: new Uint8Array(20_000_000) }), '100 times'],
    ['files that are too large together', writeZip([design, ...Array.from({ length: 6 }, (_, index) => ({ name: `${index}`, data: text(Array.from({ length: 1_000_000 }, (__, line) => `${line * 7919} `).join('')), size: 10_000_000 }))]), 'more than 52428800'],
  ])('of %s is refused', (_, bytes, words) => {
    expect(messageOf(bytes)).toContain('NEW003');
    expect(messageOf(bytes)).toContain(words);
  });

  it.each([
    '/etc/passwd', '\\\\server\\x', 'C:/x', 'c:x', '../x', 'a/../../x', 'a/./x', 'a//x', 'a\\..\\x', 'x\u0000.ts', 'x\n.ts', 'x\u202egpj.ts', 'handlers/.g\u200cit/x', 'x:stream', 'x?', 'x*', 'con', 'CON.txt', 'a/nul', 'a/lpt1.md', 'com¹', 'x.', 'x ', ' x', 'a./b',
    '.git/config', 'a/.GIT/hooks/x', 'GIT~1/config', '.prismatic/out/x', '.Prismatic/x', 'x'.repeat(300),
  ])('with the name %j is refused', (name) => expect(messageOf(withPart({ name }))).toContain('NEW003'));

  it.each([
    ['the same name', ['a.ts', 'a.ts']],
    ['capitals', ['handlers/a.ts', 'handlers/A.ts']],
    ['capitals of a folder', ['handlers/a.ts', 'Handlers/b.ts']],
    ['one letter in two ways', ['\u00e9.ts', 'e\u0301.ts']],
    ['letters that are one in capitals', ['stra\u00dfe.ts', 'STRASSE.ts']],
    ['the sign for kelvin', ['k.ts', '\u212a.ts']],
    ['a file as folder', ['a', 'a/b']],
    ['a file as folder by capitals', ['a', 'A/b']],
    ['a file and a folder', ['a', 'a/']],
  ])('with two names that are one by %s is refused', (_, names) => expect(messageOf(writeZip([design, ...names.map((name) => ({ name }))]))).toContain('NEW003'));

  it('of more entries than may be is refused before any is looked at', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`data/${index}`, new Uint8Array()]));
    expect(messageOf(zipSync(many))).toContain('10001 entries');
  });

  const good = zipSync(Object.fromEntries(SMALL_PROJECT));
  test.prop([fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })], { numRuns: 3000 })('of which any bytes were changed is refused, or has the same files', (changes) => {
    const bytes = Uint8Array.from(good);
    for (const [at, value] of changes) bytes[at] = value;
    const read = readShared(bytes);
    if (!read.ok) return;
    // What may change and matters to nobody: times, attributes, version numbers. A changed name is a changed file.
    for (const [path, content] of read.value) expect(Buffer.compare(content, SMALL_PROJECT.get(path)!)).toBe(0);
    expect(read.value.size).toBe(SMALL_PROJECT.size);
  });

  test.prop([fc.uint8Array({ maxLength: 300 })], { numRuns: 2000 })('of any bytes is refused in words', (bytes) => {
    expect(messageOf(bytes)).toContain('NEW003');
  });
});
