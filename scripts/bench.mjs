// npm run bench [-- --quick] [--out FILE] [topic...]
// Measures figures of the kernel, the hosts, the store and the compiler beside their limits (docs/performance.md), each topic in a
// process of its own. A table on stdout; every sample in bench/results.json, or in FILE.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale, root } from './build-if-stale.mjs';

const built = join(root, 'dist/bench/run.js');
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(2);
};

const newest = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .reduce((latest, name) => Math.max(latest, statSync(join(root, folder, name)).mtimeMs), 0);

/** The bench's own bundles stand beside those of dist/, whose store and compiler threads it starts. */
function build() {
  if (!buildIfStale()) fail('the build failed');
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...['main', 'shared', 'bench'].map(newest))) return;
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], { cwd: root, env: { ...process.env, PRISMATIC_BUILD: 'bench,benchEngine' }, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail('the build failed');
}

function readArguments(known) {
  const wanted = values.positionals.length > 0 ? values.positionals : known;
  const unknown = wanted.filter((topic) => !known.includes(topic));
  if (unknown.length > 0) fail(`no topic ${unknown.join(', ')}: there are ${known.join(', ')}`);
  return wanted;
}

function parse() {
  try {
    const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } }, allowPositionals: true });
    return { ...values, positionals };
  } catch (error) {
    return fail(error.message);
  }
}

const values = parse();
build();
const { topics, formatTable } = await import(join(root, 'dist/bench/report.js'));
const wanted = readArguments(topics);
const results = [];
const absent = [];
for (const topic of wanted) {
  process.stderr.write(`${topic} ...\n`);
  const run = spawnSync(process.execPath, ['--expose-gc', built, topic, values.quick ? 'quick' : 'full'], { cwd: root, stdio: ['ignore', 'pipe', 2], encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.status !== 0) fail(`${topic} ended with ${run.signal ?? run.status}`);
  for (const line of run.stdout.split('\n').filter(Boolean).map((text) => JSON.parse(text))) {
    if (line.result) results.push(line.result);
    else absent.push({ topic, what: line.absent });
  }
}
const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout?.trim() || null;
const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown', memoryBytes: totalmem(), platform: `${process.platform} ${process.arch}`, node: process.version };
const file = values.out === undefined ? join(root, 'bench/results.json') : resolve(process.env.INIT_CWD ?? process.cwd(), values.out);
// A part of the topics takes the place of its own rows and leaves the others.
const before = values.out === undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { results: [], absent: [] };
const merge = (old, fresh) => [...old.filter(({ topic }) => !wanted.includes(topic)), ...fresh].toSorted((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic));
writeFileSync(file, `${JSON.stringify({ format: 'prismatic-bench/1', takenAt: new Date().toISOString(), commit, quick: values.quick, machine, absent: merge(before.absent, absent), results: merge(before.results, results) }, null, 1)}\n`);
process.stdout.write(`${formatTable(results)}\n${absent.map(({ what }) => `not there: ${what}\n`).join('')}`);
