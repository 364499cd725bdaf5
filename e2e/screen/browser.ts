/** Which browser runs the end-to-end tests: an explicit one, Playwright's own, an installed Chrome/Chromium/Edge, the one inside an npm package. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

export type PickedBrowser = { readonly name: string; readonly executablePath?: string; readonly args: string[]; readonly env?: Record<string, string> };

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export async function pickBrowser(): Promise<PickedBrowser> {
  const forced = process.env['PRISMATIC_BROWSER'];
  if (forced && forced !== 'bundled') return { name: `PRISMATIC_BROWSER=${forced}`, executablePath: forced, args: sandbox };
  if (!forced) {
    if (existsSync(chromium.executablePath())) return { name: "Playwright's own Chromium", args: sandbox };
    const installed: Partial<Record<NodeJS.Platform, readonly string[]>> = {
      linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/microsoft-edge'],
      darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
      win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((v) => (process.env[v] ? [`${process.env[v]}\\Google\\Chrome\\Application\\chrome.exe`, `${process.env[v]}\\Microsoft\\Edge\\Application\\msedge.exe`] : [])),
    };
    const hit = installed[process.platform]?.find((path) => existsSync(path));
    if (hit) return { name: hit, executablePath: hit, args: sandbox };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('No Chrome, Chromium or Edge found. Run: npx playwright install chromium');
  return bundled();
}

/** @sparticuz/chromium unpacks into os.tmpdir() under fixed names, and only adds its own NSS libraries on AWS: give it a private folder, and unpack once. */
async function bundled(): Promise<PickedBrowser> {
  const entry = new URL(import.meta.resolve('@sparticuz/chromium'));
  const pkg = fileURLToPath(new URL('../../', entry)); // its exports hide package.json, and what unpacks its libraries
  const { version } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8')) as { version: string };
  const dir = join(root, 'node_modules', '.cache', `chromium-${version}`);
  const exe = join(dir, 'chromium');
  const { default: Chromium } = await import('@sparticuz/chromium');
  const { inflate } = (await import(new URL('./lambdafs.js', entry).href)) as { readonly inflate: (file: string) => Promise<string> };
  if (!existsSync(exe)) {
    const tmp = `${dir}.${process.pid}`;
    mkdirSync(tmp, { recursive: true });
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = tmp; // os.tmpdir() reads it at each call
    try {
      await Chromium.executablePath();
      await inflate(join(pkg, 'bin', 'al2023.tar.br'));
    } finally {
      if (before === undefined) delete process.env['TMPDIR']; else process.env['TMPDIR'] = before;
    }
    try { renameSync(tmp, dir); } catch { rmSync(tmp, { recursive: true, force: true }); } // another process was first
  }
  const lib = join(dir, 'al2023', 'lib');
  return { name: `@sparticuz/chromium ${version}`, executablePath: exe, args: ['--no-sandbox'], env: { ...process.env, LD_LIBRARY_PATH: [lib, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'), FONTCONFIG_PATH: process.env['FONTCONFIG_PATH'] ?? join(dir, 'fonts') } };
}
