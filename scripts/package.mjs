// npm run package:dir: the app as it is installed, unpacked, in release/. With ELECTRON_OVERRIDE_DIST_PATH it is made of that Electron, to
// be tried and not to be released: the inspector stays on, which tests need, and a fuse that an older Electron has not is left out.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build-if-stale.mjs';

const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
export const release = join(root, 'release', { linux: 'linux-unpacked', darwin: 'mac', win32: 'win-unpacked' }[process.platform] ?? '');
export const resources = join(release, 'resources');
const forTests = given === undefined ? [] : ['--config', testConfig(), `-c.electronDist=${realpathSync(given)}`, `-c.electronVersion=${readFileSync(join(given, 'version'), 'utf8').trim()}`];

rmSync(release, { recursive: true, force: true });
const built = spawnSync(process.execPath, [join(root, 'node_modules/electron-builder/cli.js'), '--dir', ...forTests], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

if (given !== undefined) {
  // An Electron for tests brings a default app of its own, and a native module for its own Node.
  rmSync(join(resources, 'app'), { recursive: true, force: true });
  const native = join(given, 'better-sqlite3.node');
  const target = join(resources, `app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`);
  if (existsSync(native)) copyFileSync(native, target);
}
console.log(`packaged: ${release}`);

function testConfig() {
  const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8').replace('enableNodeCliInspectArguments: false', 'enableNodeCliInspectArguments: true').replace(/^ *grantFileProtocolExtraPrivileges:.*\n/m, '');
  const file = join(root, 'dist/electron-builder.test.yml');
  writeFileSync(file, config);
  return file;
}
