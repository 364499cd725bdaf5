// Where Electron's binary is, without ever starting a download: require('electron') would.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const executable = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
export const NOT_DOWNLOADED = 'its binary is not downloaded';

/** @returns {{ path: string | null, why: string, version: string | null }} */
export function electronBinary() {
  let folder;
  let version = null;
  try {
    const manifest = require.resolve('electron/package.json');
    folder = dirname(manifest);
    version = JSON.parse(readFileSync(manifest, 'utf8')).version;
  } catch {
    return { path: null, version, why: 'the electron package is not installed' };
  }
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const path = join(given ?? join(folder, 'dist'), executable);
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { path: null, version, why: 'there is no display' };
  if (!existsSync(path)) return { path: null, version, why: given === undefined ? NOT_DOWNLOADED : `ELECTRON_OVERRIDE_DIST_PATH has no ${executable}` };
  return { path, version, why: '' };
}
