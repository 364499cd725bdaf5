// node scripts/notices.mjs [--write]: the licences of what we ship, from the packages themselves. Without --write it prints them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SHIPPED = ['@jitl/quickjs-ffi-types', '@jitl/quickjs-singlefile-mjs-release-sync', 'acorn', 'amaro', 'better-sqlite3', 'commander', 'fflate', 'quickjs-emscripten-core', 'zod'];
const EXTRA = `QuickJS, inside quickjs-emscripten: MIT. Copyright (c) 2017-2025 Fabrice Bellard, Charlie Gordon.
SQLite, inside better-sqlite3 and Node: public domain.
swc, inside amaro: Apache-2.0. Copyright (c) swc contributors.
`;

const sections = SHIPPED.map((name) => {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).filter((one) => /^(licen[cs]e|copying)/i.test(one)).sort()[0];
  return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : 'The package names its licence and holds no text of it.'}\n`;
});
const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
const text = ['Prismatic Studio: Apache-2.0, below. It ships the following.\n', EXTRA, ...sections, `Prismatic Studio (Apache-2.0)\n\n${own}\n`].join(`\n${'-'.repeat(80)}\n\n`);
const target = join(root, 'NOTICES.txt');
if (process.argv.includes('--write')) writeFileSync(target, text);
else if (process.argv.includes('--check')) process.exit(existsSync(target) && readFileSync(target, 'utf8') === text ? 0 : 1);
else process.stdout.write(text);
