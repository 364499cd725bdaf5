// node scripts/notices.mjs --write | --check: NOTICES.txt, the licences of what we ship, from the packages themselves. What we ship is
// what the build wrote down of each bundle (dist/packages), and the packages that Node loads beside them; so build first.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'NOTICES.txt');
const LICENCE_FILE = /^(licen[cs]e|copying)(\.|$)/i;
const RULE = '-'.repeat(80);
/** A package without a licence file, and the one of the same author and licence that has it. */
const TEXT_STANDS_IN = { 'react-remove-scroll-bar': 'react-remove-scroll' };

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const folderOf = (name) => join(root, 'node_modules', name);
const manifestOf = (name) => readJson(join(folderOf(name), 'package.json'));

/** Names of the packages in the bundles, and of the native ones. */
export function findShipped() {
  const lists = join(root, 'dist/packages');
  if (!existsSync(join(root, 'dist/built'))) throw new Error('There is no whole build in dist. First: npm run build');
  // The bench is built beside what is shipped.
  const bundled = readdirSync(lists).filter((name) => !name.startsWith('bench')).flatMap((name) => readJson(join(lists, name)));
  return [...new Set([...bundled, ...Object.keys(readJson(join(root, 'package.json')).dependencies)])].sort();
}

/** All licence files in a package: those of what it has inside lie in folders of their own. */
const findLicences = (name) =>
  readdirSync(folderOf(name), { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.includes('node_modules') && LICENCE_FILE.test(file.split(/[\\/]/).at(-1)))
    .sort();

/** The package whose licence files hold for this one: itself, as a rule. */
function findHolder(name) {
  if (findLicences(name).length > 0) return name;
  const other = TEXT_STANDS_IN[name];
  const said = ({ author, license }) => JSON.stringify([author, license]);
  if (other !== undefined && said(manifestOf(other)) === said(manifestOf(name)) && findLicences(other).length > 0) return other;
  throw new Error(`${name} ${manifestOf(name).version} has no licence file, so its text can't be shipped. Name who has it, or drop the package.`);
}

/** Some licences (EPL-2.0 of elkjs) ask that one is told where the source is. */
function sourceOf({ repository, homepage }) {
  const address = (typeof repository === 'string' ? repository : repository?.url) ?? homepage ?? '';
  const plain = address.replace(/^github:|^(git\+)?(git|ssh):\/\/(git@)?github\.com\/|^git@github\.com:/, 'https://github.com/').replace(/^git\+/, '').replace(/\.git$/, '');
  return /^[\w.-]+\/[\w.-]+$/.test(plain) ? `https://github.com/${plain}` : plain;
}

function describePackage(name) {
  const manifest = manifestOf(name);
  const holder = findHolder(name);
  const files = findLicences(holder);
  const texts = files.map((file) => (files.length > 1 ? `${file}:\n\n` : '') + readFileSync(join(folderOf(holder), file), 'utf8').replaceAll('\r\n', '\n').trimEnd());
  return [`${name} ${manifest.version} (${manifest.license})\n${sourceOf(manifest)}`.trimEnd(), ...texts].join('\n\n');
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
