/** `*.prismatic` files as a stranger may make them. */
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { SMALL_PROJECT } from '../../main/core/small-project';
import { fields, text, writeZip, type ZipPart } from '../../main/core/testing/lying-zip';
import type { HostileZip } from './hostile';

const small: readonly ZipPart[] = [...SMALL_PROJECT].map(([name, data]) => ({ name, data }));
const withParts = (...parts: readonly ZipPart[]) => (): Uint8Array => writeZip([...small, ...parts]);
const withDesign = (design: string) => (): Uint8Array => zipSync({ ...Object.fromEntries(SMALL_PROJECT), 'design.json': text(design) });
const refused = (name: string, bytes: () => Uint8Array, ...words: readonly string[]): HostileZip => ({ name, bytes, refused: ['NEW003', ...words] });
const named = (path: string, ...words: readonly string[]): HostileZip => refused(`a zip with ${JSON.stringify(path.slice(0, 60))}`, withParts({ name: path, data: text('x') }), ...words);

/** A zip inside a zip inside a zip: nobody unpacks the inner ones. */
const matryoshka = (depth: number): Uint8Array => (depth === 0 ? text('x') : zipSync({ ...Object.fromEntries(SMALL_PROJECT), 'data/inner.prismatic': matryoshka(depth - 1) }));

export const ZIPS: readonly HostileZip[] = [
  refused('no zip at all', () => text('{"format":"prismatic/1"}'), 'no whole zip'),
  refused('an empty file', () => text(''), 'no whole zip'),
  refused('a program with a zip at its end', () => Buffer.concat([text('#!/bin/sh\ntouch /tmp/x\n'), writeZip(small)]), 'does not lie where it says'),
  refused('a zip with something after it', () => writeZip(small, { after: '<script>alert(1)</script>' }), 'after its end'),
  refused('a bomb of 1 GB', () => withParts({ name: 'data/bomb', data: text(''), packed: deflateRawSync(Buffer.alloc(48 * 1024 * 1024)), size: 1_000_000_000 })(), '1'),
  refused('a bomb that says it is small', withParts({ name: 'data/bomb', packed: deflateRawSync(Buffer.alloc(40 * 1024 * 1024)), size: 1000, data: text('x') }), 'larger than it says'),
  refused('a bomb of entries over each other', withParts({ name: 'data/a', data: text('x') }, { name: 'data/b', data: text('x'), sharesBefore: true }), 'data/b'),
  refused('60 MB in six files', withParts(...Array.from({ length: 6 }, (_, index) => ({ name: `data/${index}`, packed: randomBytes(110_000), size: 10_000_000 }))), '52428800'),
  refused('10,001 entries', () => zipSync({ ...Object.fromEntries(SMALL_PROJECT), ...Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`data/${index}`, new Uint8Array()])) }), 'entries', '10000'),
  refused('files without a design.json', () => zipSync({ 'x.txt': text('x') }), 'design.json'),
  refused('a link to a secret', withParts({ name: 'handlers/x.ts', data: text('../../secret/key.ts'), attributes: 0o120777 * 65536 }), 'handlers/x.ts', 'link'),
  refused('a link and a file behind it', withParts({ name: 'data/out', data: text('/tmp'), attributes: 0o120777 * 65536 }, { name: 'data/out/x', data: text('x') }), 'data/out', 'link'),
  refused('a pipe', withParts({ name: 'data/pipe', attributes: 0o010644 * 65536 }), 'data/pipe', 'device'),
  refused('two names for one entry', withParts({ name: 'data/a', localName: '../../a', data: text('x') }), 'data/a'),
  refused('another name aside', withParts({ name: 'data/a', extra: fields([2, 0x7075], [2, 4], [4, 0]) }), 'aside'),
  refused('an encrypted entry', withParts({ name: 'data/a', flags: 1 }), 'encrypted'),
  refused('another way of packing', withParts({ name: 'data/a', method: 93 }), 'method 93'),
  refused('a wrong sum', withParts({ name: 'data/a', data: text('x'), crc: 1 }), 'data/a'),
  refused('a name that is no UTF-8', withParts({ name: Uint8Array.from([0xff, 0xfe]) }), 'UTF-8'),
  refused('two names that are one', withParts({ name: 'handlers/GREETER.ts', data: text('x') }), 'twice'),
  named('../../.bashrc', 'leaves its folder'),
  named('/etc/cron.d/x', 'absolute path'),
  named('C:\\Windows\\x', 'absolute path'),
  named('data/../../../x', 'leaves its folder'),
  named('..\\..\\x', 'not plain'),
  named('.git/hooks/post-checkout', 'no place'),
  named('.prismatic/out/x', 'no place'),
  named('data/a\u0000b', 'not plain'),
  named('data/\u202egnp.exe', 'not plain'),
  named('con', 'device'),
  named(`data/${'x'.repeat(300)}`, 'too long'),
  named('<img src=x onerror=alert(1)>', 'not plain'),
  { name: 'a zip in a zip, 20 deep', bytes: () => matryoshka(20), lists: ['data/inner.prismatic'] },
  { name: 'prototypes in the design', bytes: withDesign('{"format":"prismatic/1","__proto__":{"polluted":true},"nodes":{"constructor":{}}}'), says: [['PRJ006', '__proto__']] },
  { name: 'databases among the files', bytes: withParts({ name: 'workspace.db', data: text('SQLite format 3\0') }, { name: 'data/run.sqlite', data: text('SQLite format 3\0') }), lists: ['workspace.db'], says: [['PRJ010', 'workspace.db']] },
  { name: 'programs beside the design', bytes: withParts({ name: 'package.json', data: text('{"scripts":{"postinstall":"touch ran"}}') }, { name: 'run.sh', data: text('#!/bin/sh\ntouch ran\n'), attributes: 0o100755 * 65536 }), lists: ['run.sh'] },
  { name: 'a name that leads out', file: '../../../evil<script>.prismatic', bytes: () => zipSync(Object.fromEntries(SMALL_PROJECT)) },
  { name: 'a name of 255 signs that turn round', file: `${'\u202e'.repeat(245)}.prismatic`, bytes: () => zipSync(Object.fromEntries(SMALL_PROJECT)) },
];
