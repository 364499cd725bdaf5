/** NOTICES.txt names all that the built bundles are made of. Needs `npm run build`, as `npm test` does. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const notices = readFileSync(`${root}/NOTICES.txt`, 'utf8');

describe('NOTICES.txt', () => {
  it('is what the script makes of the bundles as they are', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/notices.mjs', '--check'], { cwd: root, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it.each([
    ['zod', 'Colin McDonnell'],
    ['commander', 'TJ Holowaychuk'],
    ['acorn', 'various contributors'],
    ['amaro', 'Amaro contributors'],
    ['swc, inside amaro', 'SWC contributors'],
    ['fflate', 'Arjun Barrett'],
    ['better-sqlite3', 'Joshua Wise'],
    ['quickjs-emscripten', 'Jake Teton-Landis'],
    ['react', 'Meta Platforms'],
    ['elkjs', 'Eclipse Public License'],
    ['IBM Plex', 'SIL OPEN FONT LICENSE'],
    ['react-remove-scroll-bar, which has no file of its own', 'Anton Korzunov'],
    ['QuickJS, inside quickjs-emscripten', 'Fabrice Bellard'],
  ])('holds the licence of %s', (_, holder) => expect(notices).toContain(holder));
});
