// npm start: the Studio in its window where Electron can be had and starts, else the same Studio in a browser. Never hangs, always says
// why. `--browser` asks for the browser; what else is given goes on to the Studio (a project's folder, --data-dir, --port).
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfStale, root } from './build-if-stale.mjs';
import { electronBinary, NOT_DOWNLOADED } from './electron-binary.mjs';

/** An Electron that ends so soon has not worked: a missing library, no rights for its sandbox, another machine's display. */
const TOO_SOON_MS = 5000;
/** Flags of `prismatic serve`; each has a value. */
const SERVED_FLAG = /^--(port|data-dir|grant|project)(=|$)/;
const DOWNLOAD_MS = 600_000;
const REACHABLE_MS = 4000;

const given = process.argv.slice(2).filter((arg) => arg !== '--browser');
const here = process.env.INIT_CWD ?? process.cwd();
let child;
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isStopping = true;
    child?.kill(signal);
  });
}

if (!buildIfStale()) process.exit(70);
const found = process.argv.includes('--browser') ? { path: null, why: 'the browser was asked for with --browser' } : await findElectron();
const end = found.path === null ? found.why : await openWindow(found.path);
if (end !== undefined && !isStopping) await openBrowser(end);

/** The binary, fetched once where the machine has a network; `why` there is none. */
async function findElectron() {
  const binary = electronBinary();
  if (binary.path !== null || binary.why !== NOT_DOWNLOADED) return binary;
  if (!(await isReachable(binary.version))) return { path: null, why: `${NOT_DOWNLOADED}, and the server that has it can't be reached` };
  console.log(`Electron ${binary.version} is fetched (about 110 MB, once) ...`);
  const install = createRequire(import.meta.url).resolve('electron/install.js');
  const { status, signal } = spawnSync(process.execPath, [install], { stdio: 'inherit', timeout: DOWNLOAD_MS });
  // Ctrl+C went to it as well; this process hears of it only now.
  if (signal === 'SIGINT') process.exit(130);
  return status === 0 ? electronBinary() : { path: null, why: 'its binary could not be downloaded' };
}

/** One small request with a short limit, so that a machine without a network does not wait. */
async function isReachable(version) {
  const base = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/';
  try {
    return (await fetch(`${base}v${version}/SHASUMS256.txt`, { method: 'HEAD', signal: AbortSignal.timeout(REACHABLE_MS) })).ok;
  } catch {
    return false;
  }
}

/** Why the window did not come, or nothing once it was closed; then this process ends as the window did. */
function openWindow(electron) {
  // Only the superuser of a container has no sandbox of the system to use.
  const asRoot = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  const startedMs = performance.now();
  child = spawn(electron, [...asRoot, root, ...given], { stdio: ['inherit', 'inherit', 'pipe'], cwd: here });
  let lastWords = '';
  child.stderr.on('data', (data) => {
    lastWords = (lastWords + data).slice(-4000);
    if (process.env.PRISMATIC_DEBUG) process.stderr.write(data);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(`it can't be started: ${error.message}`));
    child.on('close', (code, signal) => {
      if (isStopping || code === 0) process.exit(code ?? 0);
      const isTooSoon = performance.now() - startedMs < TOO_SOON_MS;
      if (!isTooSoon) {
        process.stderr.write(lastWords);
        process.exit(code ?? 1);
      }
      resolve(`it ended at once (${signal ?? `exit ${code}`})${reasonIn(lastWords)}`);
    });
  });
}

/** The line of Electron's that says most, short. */
function reasonIn(words) {
  // Without a terminal's colours.
  const lines = words.replace(/\u001b\[[\d;]*m/g, '').split('\n');
  const line = lines.filter((one) => /error|fatal|sandbox|library|display|can't|cannot/i.test(one) && !/dbus|bus\.cc/i.test(one)).at(-1);
  return line === undefined ? '' : `: ${line.replace(/^\[[^\]]*\]\s*/, '').replace(/\.+$/, '').slice(0, 200)}`;
}

/** What of the arguments is for `prismatic serve`: a folder by itself is the project, and what only Electron knows stays away. */
function servedArguments() {
  const served = [];
  let isValue = false;
  for (const arg of given) {
    const isFlag = SERVED_FLAG.test(arg);
    if (isFlag || isValue) served.push(arg);
    else if (!arg.startsWith('-')) served.push('--project', arg);
    isValue = isFlag && !arg.includes('=');
  }
  return served;
}

/** Serves, prints the address, and opens the person's browser where there is a screen to open it on. */
async function openBrowser(why) {
  console.log(`The Studio opens in a browser, not in its window: ${why}.`);
  const args = ['--no-warnings', join(root, 'dist/core/cli.js'), 'serve', ...servedArguments()];
  child = spawn(process.execPath, args, { stdio: ['inherit', 'pipe', 'inherit'], cwd: here });
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line);
    const link = /^listening (\S+)$/.exec(line)?.[1];
    if (link !== undefined && hasScreen()) show(link);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

const hasScreen = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

function show(link) {
  const [command, ...args] = { darwin: ['open', link], win32: ['rundll32', 'url.dll,FileProtocolHandler', link] }[process.platform] ?? ['xdg-open', link];
  // Without such a command the address stands there to be opened by hand.
  spawn(command, args, { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}
