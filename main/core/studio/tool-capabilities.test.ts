/** What a person reads of a tool before it runs: the command in full, and another list for another command. */
import { describe, expect, it } from 'vitest';
import type { Program } from '../../../shared/program/program';
import { toolServer, wordCommand } from '../../../shared/run/tool-settings';
import { pinCommands } from '../tools/check-tools';
import { neededGrants } from '../../../shared/program/needed-grants';
import { capabilitiesOf, hashCapabilities } from './capabilities';

const call = { kind: 'call', input: {}, output: {}, errors: [], idempotent: false } as const;
const program: Program = {
  format: 'prismatic-program/1', hash: 'sha256:x', name: 'x', root: 'root', wires: [], modules: {}, hosts: [], files: [],
  protocols: { Files: { operations: { readFile: call, list: call } } },
  nodes: { files: { kind: 'tool', id: 'files', host: 'main', restart: 'permanent', shutdown: 5000, significant: false, provides: ['Files'], requires: {}, mailbox: 10, server: 'files', operations: { readFile: 'read_file' } } },
};
const settings = (change: object = {}): ReturnType<typeof toolServer.parse> => toolServer.parse({ command: 'node', args: ['/home/me/a file.mjs'], env: { TOKEN: 'secret' }, ...change });

describe('a tool in the list of capabilities', () => {
  it('says what is started, in full and without the values of variables', () => {
    const [line] = capabilitiesOf(program, { servers: { files: settings() } });
    expect(line).toMatchObject({ node: 'files', kind: 'mcp', needsGrant: true });
    expect(line!.says).toMatch(/^starts TOKEN=\.\.\. node "\/home\/me\/a file\.mjs" \(sha256:[0-9a-f]{12}\), .* and calls list, read_file$/);
    expect(capabilitiesOf(program)[0]!.says).toContain('which you have not set up');
  });

  it('is another list, and another grant, for another command, argument, variable or folder', () => {
    const changes: readonly object[] = [{}, { command: 'deno' }, { args: [] }, { env: { TOKEN: 'other' } }, { cwd: '/home/me' }];
    const hashes = changes.map((change) => hashCapabilities(capabilitiesOf(program, { servers: { files: settings(change) } })));
    expect(new Set(hashes).size).toBe(changes.length);
    const grants = changes.map((change) => pinCommands(neededGrants(program), { files: settings(change) }));
    expect(new Set(grants.map((one) => JSON.stringify(one))).size).toBe(changes.length);
  });

  it('is not granted where the person has no such server', () => {
    expect(pinCommands(neededGrants(program), {})).toMatchObject({ ok: false, error: { code: 'MCP012' } });
    expect(wordCommand(settings({ cwd: '/x' }))).toContain('(in /x)');
  });
});
