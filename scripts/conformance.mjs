// npm run --silent conformance -- [--world virtual|real] [--out DIR] CASE.json ...
// Runs cases of the OTP oracle (FORMAT.md there) on our kernel. One case: its trace to stdout. With --out: DIR/<name>.trace.jsonl each.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { canonicalise, formatTrace } from '../main/supervision/oracle/canon.mjs';
import { root } from './build-if-stale.mjs';

const built = join(root, 'dist/conformance/run.js');
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(2);
};

function newest(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .reduce((latest, name) => Math.max(latest, statSync(join(root, folder, name)).mtimeMs), 0);
}

function build() {
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...['main', 'shared'].map(newest))) return;
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], { cwd: root, env: { ...process.env, PRISMATIC_BUILD: 'conformance,conformanceEngine' }, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail('the build failed');
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options: { world: { type: 'string', default: 'virtual' }, out: { type: 'string' } }, allowPositionals: true });
    if (!['virtual', 'real'].includes(values.world)) fail(`--world ${values.world}: virtual or real`);
    if (positionals.length === 0) fail('which case? npm run --silent conformance -- [--world real] [--out DIR] CASE.json ...');
    if (positionals.length > 1 && values.out === undefined) fail('more than one case needs --out DIR');
    return { ...values, files: positionals };
  } catch (error) {
    return fail(error.message);
  }
}

function readCase(parseCase, file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(`${file} can't be read: ${error.code}`);
  }
  const parsed = parseCase(text);
  return parsed.ok ? parsed.value : fail(`${file} is no case: ${parsed.error}`);
}

const { world, out, files } = readArguments();
build();
const { parseCase, runVirtually, runReally } = await import(built);
// npm runs scripts in the package's folder; a relative file is meant from where the person is.
const from = process.env.INIT_CWD ?? process.cwd();
const outFolder = out === undefined ? undefined : resolve(from, out);
if (outFolder !== undefined) mkdirSync(outFolder, { recursive: true });

async function runCase(name) {
  const file = resolve(from, name);
  const one = readCase(parseCase, file);
  const trace = formatTrace(canonicalise(await (world === 'real' ? runReally(one) : runVirtually(one)), one));
  if (outFolder === undefined) process.stdout.write(trace);
  else writeFileSync(join(outFolder, `${basename(file, '.json')}.trace.jsonl`), trace);
}

// A case in the real world is an engine of its own that mostly waits for its clock.
const AT_ONCE = world === 'real' ? 3 : 1;
const waiting = [...files];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await runCase(name);
}));
