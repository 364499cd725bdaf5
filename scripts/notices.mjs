// node scripts/notices.mjs --write | --check: NOTICES.txt, the licences of what we ship, from the packages themselves. What we ship is
// what the bundles in dist/ say that they are made of, and the packages that Node loads beside them; so build first.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'NOTICES.txt');
const LICENCE_FILE = /^(licen[cs]e|copying)(\.|$)/i;
const RULE = '-'.repeat(80);

/** Names of the packages in the bundles, by the comment that stands above each of their modules, and of the native ones. */
export function findShipped() {
  const dist = join(root, 'dist');
  const bundles = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.m?js$/.test(name));
  const bundled = bundles.flatMap((name) => [...readFileSync(join(dist, name), 'utf8').matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)/gm)].map(([, found]) => found));
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return [...new Set([...bundled, ...Object.keys(dependencies)])].sort();
}

/** All licence texts in a package: those of what it has inside lie in folders of their own. */
function describePackage(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => !file.includes('node_modules') && LICENCE_FILE.test(file.split(/[\\/]/).at(-1))).sort();
  if (files.length === 0) throw new Error(`${name} ${version} has no licence file, so its text can't be shipped. Add it by hand or drop the package.`);
  const texts = files.map((file) => (files.length > 1 ? `${file}:\n\n` : '') + readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trimEnd());
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}`;
}

export function makeNotices() {
  const inside = 'SQLite, inside better-sqlite3 and Node: public domain.';
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trimEnd();
  const sections = ['Prismatic Studio: Apache-2.0, at the end. It ships the following.', ...findShipped().map(describePackage), inside, `Prismatic Studio (Apache-2.0)\n\n${own}`];
  return `${sections.join(`\n\n${RULE}\n\n`)}\n`;
}

if (process.argv.includes('--write')) writeFileSync(target, makeNotices());
if (process.argv.includes('--check') && !(existsSync(target) && readFileSync(target, 'utf8') === makeNotices())) {
  console.error('NOTICES.txt is not what the bundles are made of. Build, then: node scripts/notices.mjs --write');
  process.exit(1);
}
