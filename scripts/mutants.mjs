// npm run mutants [-- name ...]: plants the faults of scripts/mutants.json, one at a time, in a copy of the tree, runs the tests that
// should notice, and demands that they go red. A fault that nothing notices, or whose line is no longer found, is an error.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** `{ name, file, find, replace, tests }`, with `build` where the tests look at the built program. */
const all = JSON.parse(readFileSync(join(root, 'scripts/mutants.json'), 'utf8'));
const wanted = process.argv.slice(2);
const mutants = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
/** A test that a fault leaves hanging is red too. */
const LONGEST_MS = 240_000;
/** All of the tests in turn, without a fault. */
const LONGEST_BEFORE_MS = 1_800_000;

function copyTree() {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).stdout.split('\0').filter(Boolean);
  for (const file of files) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    // A file may be deleted and not yet committed so.
    cpSync(join(root, file), join(copy, file), { force: true, errorOnExist: false });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return copy;
}

const node = (copy, args, timeout = LONGEST_MS) => spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', timeout, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] });

function build(copy) {
  const { status, stdout, stderr } = node(copy, ['node_modules/vite/bin/vite.js', 'build', '--app', '--logLevel', 'warn']);
  if (status !== 0) throw new Error(`the build fails:\n${stdout}${stderr}`);
}

/** Whether all of the tests pass, and what they say. */
function test(copy, tests, longestMs) {
  const { status, stdout, stderr } = node(copy, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...tests], longestMs);
  return { isGreen: status === 0, words: `${stdout}${stderr}` };
}

/** Why a fault does not count, or nothing. */
function plant(copy, { file, find, replace, tests, build: needsBuild }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const times = text.split(find).length - 1;
  if (times !== 1) return `the line stands ${times} times in ${file}; name it anew in scripts/mutants.json: ${find}`;
  writeFileSync(path, text.replace(find, () => replace));
  try {
    if (needsBuild) build(copy);
    return test(copy, tests).isGreen ? `nothing noticed it: ${tests.join(', ')} stayed green` : undefined;
  } finally {
    writeFileSync(path, text);
  }
}

function run() {
  const unknown = wanted.filter((name) => !all.some((mutant) => mutant.name === name));
  if (unknown.length > 0) throw new Error(`no fault is called ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`);
  const copy = copyTree();
  try {
    build(copy);
    const before = test(copy, [...new Set(mutants.flatMap(({ tests }) => tests))], LONGEST_BEFORE_MS);
    if (!before.isGreen) throw new Error(`the tests are red without any fault:\n${before.words}`);
    let survivors = 0;
    let isBuildStale = false;
    for (const mutant of mutants) {
      if (isBuildStale && !mutant.build) build(copy);
      isBuildStale = mutant.build === true;
      const startedMs = Date.now();
      const problem = plant(copy, mutant);
      if (problem !== undefined) survivors += 1;
      console.log(`${problem === undefined ? 'noticed ' : 'SURVIVED'} ${mutant.name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)${problem === undefined ? '' : `: ${problem}`}`);
    }
    console.log(`${mutants.length - survivors} of ${mutants.length} faults noticed`);
    return survivors === 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

process.exit(run());
