// npm run docs: makes docs/errors and docs/formats anew from the catalog of errors and the schemas. A test fails where they differ.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const load = async (file) => (await runnerImport(join(root, file), { root, configFile: false, logLevel: 'error' })).module;

const { errorPages } = await load('scripts/docs/error-pages.ts');
const { formatPages } = await load('scripts/docs/format-pages.ts');
const pages = new Map([...(await errorPages()), ...formatPages()]);
for (const folder of ['docs/errors', 'docs/formats']) {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
}
for (const [path, text] of pages) writeFileSync(join(root, path), text);
console.log(`${pages.size} pages`);
