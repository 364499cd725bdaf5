/** Folders that play with names and ways: links, devices, names that are no names, paths that lead out. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../shared/json/json';
import type { HostileFolder } from './hostile';
import { harm, type Place } from './place';

const instead = (place: Place, path: string, make: () => void): void => {
  place.small();
  rmSync(place.at(path), { recursive: true, force: true });
  make();
};
const handlerAt = (file: string) => (place: Place): void => place.design((design) => ((design.nodes['greeter']!['behaviour'] = { type: 'code', file }), design));
const sourceAt = (behaviour: Readonly<Record<string, Json>>) => (place: Place): void => place.design((design) => ((design.nodes['names']!['behaviour'] = behaviour), design));
const sinkAt = (path: string) => (place: Place): void => place.design((design) => ((design.nodes['screen']!['behaviour'] = { type: 'file', path }), design));

export const PATHS: readonly HostileFolder[] = [
  { name: 'no design.json', make: (place) => place.write('readme.txt', ''), refused: ['OPN002', 'design.json'] },
  { name: 'a file instead of the folder', make: (place) => (mkdirSync(join(place.dir, '..'), { recursive: true }), writeFileSync(place.dir, '{}')), refused: ['OPN001'] },
  { name: 'a folder that is a link to the secret', make: (place) => place.link('', place.targets.secret), refused: ['OPN002'] },
  { name: 'a design.json that is a link to a file of the system', make: (place) => instead(place, 'design.json', () => place.link('design.json', '/etc/passwd')), refused: ['OPN002', 'links'] },
  { name: 'a design.json that is a link to nothing', make: (place) => instead(place, 'design.json', () => place.link('design.json', 'nowhere')), refused: ['OPN002', 'links'] },
  { name: 'a design.json that is a folder', make: (place) => instead(place, 'design.json', () => mkdirSync(place.at('design.json'))), refused: ['OPN002'] },
  { name: 'a design.json that is a pipe', make: (place) => instead(place, 'design.json', () => void execFileSync('mkfifo', [place.at('design.json')])), refused: ['OPN002'] },
  { name: 'a design.json that is a link to a device without an end', make: (place) => instead(place, 'design.json', () => place.link('design.json', '/dev/zero')), refused: ['OPN002'] },
  { name: 'a handler that is a link to a secret', make: (place) => instead(place, 'handlers/greeter.ts', () => place.link('handlers/greeter.ts', join(place.targets.secret, 'key.ts'))), says: [['HAN001', 'handlers/greeter.ts', 'inside the project']], lists: ['handlers/greeter.ts'] },
  { name: 'a handler that is a pipe', make: (place) => instead(place, 'handlers/greeter.ts', () => void execFileSync('mkfifo', [place.at('handlers/greeter.ts')])), says: [['HAN001', 'handlers/greeter.ts']], lists: ['handlers/greeter.ts'] },
  { name: 'a handler that is a link to a device without an end', make: (place) => instead(place, 'handlers/greeter.ts', () => place.link('handlers/greeter.ts', '/dev/zero')), says: [['HAN001', 'handlers/greeter.ts']], lists: ['handlers/greeter.ts'] },
  { name: 'folders of texts that are links to the secret', make: (place) => (place.small(), ['prompts', 'tests', 'scenarios'].forEach((folder) => place.link(folder, place.targets.secret))), lists: ['prompts', 'tests', 'scenarios'] },
  { name: 'protocols that are a link to the secret', make: (place) => instead(place, 'protocols', () => place.link('protocols', place.targets.secret)), lists: ['protocols'], says: [['protocols']] },
  { name: 'a layout that is a link to a secret', make: (place) => (place.small(), place.link('layout.json', join(place.targets.secret, 'key.json'))), lists: ['layout.json'] },
  { name: 'a README that is a link to a secret', make: (place) => (place.small(), place.link('README.md', join(place.targets.secret, 'key.md'))), lists: ['README.md'] },
  { name: 'folders that are links to themselves and to all above', make: (place) => (place.small(), place.link('data/loop', '.'), place.link('handlers/loop', '..'), place.link('prompts', 'prompts'), place.link('data/root', '/')), lists: ['data/loop', 'handlers/loop', 'prompts'] },
  ...['../../secret/key.ts', '/etc/passwd', 'handlers/../../secret/key.ts', 'C:\\key.ts', '\\\\server\\share\\key.ts', 'handlers/a\u0000.ts', 'file:///etc/passwd', 'http://127.0.0.1:1/key.ts'].map((file): HostileFolder => ({ name: `a handler at ${JSON.stringify(file)}`, make: handlerAt(file), says: [['greeter']] })),
  { name: 'a handler that imports what it may not', make: (place) => (place.small(), place.write('handlers/greeter.ts', "import a from '../../secret/key.ts';\nimport b from '/etc/passwd';\nimport c from 'http://127.0.0.1:1/x.js';\nimport d from 'node:fs';\nimport e from 'data:text/javascript,1';\nexport const Greeting = {};")), says: [['HAN', '../../secret/key.ts'], ['HAN', '/etc/passwd'], ['HAN', 'http://127.0.0.1:1/x.js'], ['HAN', 'node:fs'], ['HAN', 'data:text/javascript,1']] },
  { name: 'a source that reads a secret', make: sourceAt({ type: 'file', path: '../../secret/key.json' }), says: [['DES012', 'names']] },
  { name: 'a source that reads a file of the system', make: sourceAt({ type: 'file', path: '/etc/passwd' }), says: [['DES012', 'names']] },
  { name: 'a source that is a link to a secret', make: (place) => instead(place, 'data/names.txt', () => place.link('data/names.txt', join(place.targets.secret, 'key.md'))), says: [['DES012', 'names']] },
  { name: 'a sink that writes into the home', make: sinkAt('../../../.bashrc'), says: [['DES011', 'screen']] },
  { name: 'a sink that writes to a place of the system', make: sinkAt('/etc/cron.d/x'), says: [['DES011', 'screen']] },
  { name: 'a sink that writes its own handler', make: sinkAt('../../handlers/greeter.ts'), says: [['DES011', 'screen']] },
  {
    name: 'names with line breaks, quotes, markup, and signs that turn them round',
    make: (place) => (place.small(), ['handlers/a\nb.ts', 'handlers/a\u202ets.exe', 'handlers/"><img src=x onerror=alert(1)>.ts', 'prompts/$(touch x).md', 'prompts/`id`.md', 'data/; rm -rf ~', 'handlers/-rf.ts', 'handlers/.env', 'handlers/con.ts'].forEach((path) => place.write(path, 'x'))),
    lists: ['handlers/a\nb.ts', 'handlers/a\u202ets.exe', 'handlers/"><img src=x onerror=alert(1)>.ts', 'prompts/$(touch x).md', 'data/; rm -rf ~', 'handlers/.env'],
  },
  {
    name: 'names that are no UTF-8',
    make: (place) => {
      place.small();
      const raw = (path: string): Buffer => Buffer.concat([Buffer.from(place.at(path)), Buffer.from([0xff, 0xfe])]);
      mkdirSync(raw('data/folder'));
      mkdirSync(raw('handlers/folder'));
      writeFileSync(raw('handlers/file'), 'x');
    },
    lists: ['handlers/file\ufffd\ufffd'],
  },
  {
    name: 'databases that are to be taken for ours',
    make: (place) => (place.small(), ['workspace.db', 'design.db', 'data/run.sqlite', 'data/run.db-wal', '.prismatic/workspace.db', 'protocols/Screen.db'].forEach((path) => place.write(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)])))),
    says: [['PRJ010', 'workspace.db'], ['PRJ010', 'design.db'], ['PRJ010', 'data/run.sqlite']],
    lists: ['workspace.db', 'design.db', 'data/run.sqlite'],
  },
  {
    name: 'what other programs run when they open a folder',
    make: (place) => {
      const touch = `touch ${place.targets.ran}`;
      place.small({
        '.git/config': `[core]\n\tfsmonitor = ${touch}\n\thooksPath = .git/hooks\n`,
        'package.json': JSON.stringify({ scripts: { preinstall: touch, install: touch, postinstall: touch, prepare: touch, start: touch, test: touch }, main: 'index.js', exports: './index.js' }),
        '.npmrc': `script-shell=/bin/sh\nregistry=${place.targets.url}\n`,
        '.vscode/tasks.json': JSON.stringify({ version: '2.0.0', tasks: [{ label: 'x', type: 'shell', command: touch, runOptions: { runOn: 'folderOpen' } }] }),
        '.envrc': touch, '.env': 'NODE_OPTIONS=--require ./index.js\n', 'index.js': harm(place.targets), 'index.mjs': harm(place.targets), 'vite.config.ts': harm(place.targets), '.eslintrc.cjs': harm(place.targets),
        'tsconfig.json': JSON.stringify({ compilerOptions: { plugins: [{ name: '../../index.js' }] } }), 'node_modules/typescript/lib/typescript.js': harm(place.targets), 'node_modules/acorn/index.js': harm(place.targets), 'handlers/node_modules/x/index.js': harm(place.targets),
      });
      for (const hook of ['post-checkout', 'pre-commit', 'fsmonitor-watchman']) {
        mkdirSync(place.at('.git/hooks'), { recursive: true });
        writeFileSync(place.at(`.git/hooks/${hook}`), `#!/bin/sh\n${touch}\n`, { mode: 0o755 });
      }
    },
    lists: ['package.json', 'index.js'],
  },
  { name: 'files from the year 2500 and from before 1970', make: (place) => (place.small(), utimesSync(place.at('design.json'), 16_725_225_600, 16_725_225_600), utimesSync(place.at('handlers/greeter.ts'), -1e9, -1e9)) },
  { name: 'temporary files with the names of ours, one of them a link', make: (place) => (place.small(), place.link('.prismatic-1-0123456789ab.tmp', join(place.targets.secret, 'key.ts')), renameSync(place.at('data/names.txt'), place.at('data/.prismatic-1-0123456789ab.tmp'))), says: [['DES014', 'names']] },
];
