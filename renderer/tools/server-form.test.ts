import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../shared/api/parse-request';
import { draftOfServer, newServer, serverOf, withAllowed } from './server-form';

const listed = { name: 'files', command: 'npx', args: ['-y', 'files server', '/home/me'], cwd: '/tmp', env: ['TOKEN'], allow: ['read_file'] };

describe('the form of an MCP server', () => {
  it('comes back as what it was made of, and leaves values that are kept as they are', () => {
    const settings = serverOf(draftOfServer(listed), []);
    expect(settings).toEqual({ command: 'npx', args: listed.args, cwd: '/tmp', env: { TOKEN: null }, allow: ['read_file'] });
    expect(parseRequest('tools.put', { name: 'files', settings }).ok).toBe(true);
  });

  it('a new value is given, also an empty one of a new variable', () =>
    expect(serverOf({ ...draftOfServer(listed), variables: [{ name: 'TOKEN', value: 'new', isKept: true }, { name: 'MODE', value: '', isKept: false }] }, [])).toMatchObject({ env: { TOKEN: 'new', MODE: '' } }));

  it('arguments are lines, with their blanks, and the end of the text is none', () =>
    expect(serverOf({ ...draftOfServer(listed), args: ' a\n\nb \n\n' }, [])).toMatchObject({ args: [' a', '', 'b '] }));

  it.each([
    [{ name: 'my files' }, 'name', /letters/],
    [{ name: 'other' }, 'name', /already/],
    [{ command: ' ' }, 'command', /Which program/],
    [{ command: 'npx -y files' }, 'command', /line of its own/],
    [{ cwd: 'here' }, 'cwd', /whole path/],
    [{ variables: [{ name: '', value: 'x', isKept: false }] }, 'variables', /no name/],
    [{ variables: [{ name: 'A B', value: 'x', isKept: false }] }, 'variables', /A B is no name/],
    [{ variables: [{ name: 'A', value: 'x', isKept: false }, { name: 'A', value: 'y', isKept: false }] }, 'variables', /twice/],
  ])('%j is refused at its field, in words', (part, field, words) => expect(serverOf({ ...draftOfServer(listed), ...part }, ['other'])).toMatchObject({ field, words: expect.stringMatching(words) as unknown }));

  it('a path with a blank is a program', () => expect(serverOf({ ...newServer([]), command: '/opt/my tools/server' }, [])).toMatchObject({ command: '/opt/my tools/server' }));

  it('tools are allowed one by one', () => {
    expect(withAllowed(['a'], 'b', true)).toEqual(['a', 'b']);
    expect(withAllowed(['a', 'b'], 'a', false)).toEqual(['b']);
  });
});
