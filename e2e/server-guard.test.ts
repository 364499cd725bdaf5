/** Attacks on the server of `prismatic serve`, as it ships: each is refused, and what an honest page does goes through. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { SOCKET_PROTOCOL, TOKEN_PREFIX } from '../shared/api/served';
import { ok } from '../shared/errors/result';
import { serveStudio, type Serving } from '../main/server/serve-studio';
import { HeardStudio } from './heard-studio';
import { RawHttp, type RawHeaders } from './raw-http';

const JSON_TYPE = { 'Content-Type': 'application/json' };

let folder: string;
let studio: HeardStudio;
let serving: Serving;
let http: RawHttp;
let token: string;
let own: RawHeaders;
let honest: RawHeaders;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'www-'));
  writeFileSync(join(folder, 'index.html'), 'the page');
  writeFileSync(join(folder, '.env'), 'SECRET');
  writeFileSync(join(folder, 'a.php'), 'x');
  symlinkSync('/etc', join(folder, 'etc'));
  symlinkSync('/etc/passwd', join(folder, 'link.html'));
  mkdirSync(`${folder}-evil`);
  writeFileSync(join(`${folder}-evil`, 'x.json'), '{}');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(`${folder}-evil`, { recursive: true });
});

beforeEach(async () => {
  studio = new HeardStudio();
  const served = await serveStudio({ studio, page: folder, port: 0 });
  if (!served.ok) throw new Error(served.error.message);
  serving = served.value;
  http = new RawHttp(serving.port);
  own = { Origin: `http://${http.host}` };
  token = await logIn();
  honest = { ...JSON_TYPE, ...own, Authorization: `Bearer ${token}` };
});
afterEach(() => serving.close());

const newCode = (): string => new URL(serving.makeLink()).hash.slice('#code='.length);
async function logIn(): Promise<string> {
  const answer = await http.answer('POST /login', { ...JSON_TYPE, ...own }, JSON.stringify({ code: newCode() }));
  return (JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { readonly token: string }).token;
}
const ask = (headers: RawHeaders, body = '{}', path = '/api/shell.info'): Promise<number> => http.status(`POST ${path}`, headers, body);

describe('an honest page', () => {
  it('gets its files, its token and its answers', async () => {
    expect(await http.answer('GET /')).toMatch(/^HTTP\/1\.1 200 [^]*the page$/);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await ask(honest)).toBe(200);
    expect(studio.heard).toEqual([{ name: 'shell.info', input: {} }]);
  });

  it('is named localhost as well', async () => expect(await http.status('GET /', { Host: `localhost:${serving.port}` })).toBe(200));
});

describe('a request by another name, or from another place, is refused', () => {
  it.each<[string, (port: number) => RawHeaders]>([
    ['a name of somebody else that means 127.0.0.1', (port) => ({ Host: `evil.example:${port}` })],
    ['no port', () => ({ Host: '127.0.0.1' })],
    ['another port', () => ({ Host: '127.0.0.1:1' })],
    ['0.0.0.0', (port) => ({ Host: `0.0.0.0:${port}` })],
    ['::1', (port) => ({ Host: `[::1]:${port}` })],
    ['two hosts', (port) => ({ Host: [`127.0.0.1:${port}`, 'evil.example'] })],
    ['no host', () => ({ Host: null })],
    ['a dot at the end', (port) => ({ Host: `localhost.:${port}` })],
    ['a page of another site', () => ({ 'Sec-Fetch-Site': 'cross-site' })],
    ['a page of another port', () => ({ 'Sec-Fetch-Site': 'same-site' })],
  ])('%s', async (_, headers) => {
    expect([400, 403]).toContain(await http.status('GET /', headers(serving.port)));
    expect([400, 403]).toContain(await ask({ ...honest, ...headers(serving.port) }));
    expect(studio.heard).toEqual([]);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'file://', 'http://localhost', '', 'app://bundle'])('origin %j', async (origin) => {
    expect(await ask({ ...honest, Origin: origin })).toBe(403);
    expect(studio.heard).toEqual([]);
  });

  it('an origin that only begins like ours, or two of them', async () => {
    expect(await ask({ ...honest, Origin: `http://127.0.0.1.evil.example:${serving.port}` })).toBe(403);
    expect(await ask({ ...honest, Origin: [`http://${http.host}`, 'https://evil.example'] })).toBe(403);
  });

  it.each(['GET http://evil.example/', 'GET *', 'CONNECT evil.example:443', 'OPTIONS *', `GET /${'x'.repeat(3000)}`])('%s', async (line) => expect([0, 400, 403, 405]).toContain(await http.status(line)));
});

describe('without the token nothing is read', () => {
  it.each<[string, RawHeaders, string?]>([
    ['none', { Authorization: null }],
    ['a wrong one', { Authorization: 'Bearer x' }],
    ['another kind', { Authorization: 'Basic eDp5' }],
    ['two', { Authorization: ['Bearer x', 'Bearer y'] }],
    ['in a cookie', { Authorization: null, Cookie: 'token=TOKEN' }],
  ])('%s', async (_, headers) => {
    const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value.replace('TOKEN', token) : value]));
    expect(await ask({ ...honest, ...filled })).toBe(401);
    expect(studio.heard).toEqual([]);
  });

  it('a token in the address is not one', async () => expect(await ask({ ...JSON_TYPE, ...own }, '{}', `/api/shell.info?token=${token}`)).toBe(401));

  it('the answer comes before the body', async () => {
    const answer = await http.answer('POST /api/project.openShared', { ...JSON_TYPE, ...own, Authorization: 'Bearer x', 'Content-Length': '50000000' }, '{');
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('other origins get nothing', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json-evil', ''])('a form can not send %j', async (type) => {
    expect(await ask({ ...honest, 'Content-Type': type })).toBe(415);
    expect(studio.heard).toEqual([]);
  });

  it('a preflight is refused, and no answer has a CORS header or a cookie', async () => {
    expect(await http.status('OPTIONS /api/shell.info', { ...own, 'Access-Control-Request-Method': 'POST' })).toBe(405);
    const answers = await Promise.all([http.answer('GET /'), http.answer('OPTIONS /'), http.answer('POST /api/shell.info', honest, '{}'), http.answer('GET /', { Host: 'evil' })]);
    for (const answer of answers) {
      expect(answer).not.toMatch(/access-control|set-cookie/i);
      expect(answer).toMatch(/content-security-policy: default-src 'none'/i);
      expect(answer).toMatch(/x-content-type-options: nosniff/i);
      expect(answer).toMatch(/referrer-policy: no-referrer/i);
      expect(answer).toMatch(/cache-control: no-store/i);
    }
  });

  it.each(['PUT /', 'DELETE /index.html', 'PATCH /', 'TRACE /', 'POST /', 'POST /index.html'])('%s is no method of ours', async (line) => expect([400, 405]).toContain(await http.status(line, honest, '{}')));

  it('a request that needs a socket is not answered without one', async () => {
    expect([404, 405]).toContain(await ask(honest, '{}', '/api/run.start'));
    expect(studio.heard).toEqual([]);
  });
});

describe('files outside of the page are not there', () => {
  const paths = ['/../etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/etc/passwd', '/link.html', '/%00', '/index.html%00.png', '/..%5c..%5cetc', '/.env', '/%2eenv', '/....//etc', '//etc/passwd', '/%c0%ae%c0%ae/etc/passwd', '/FOLDER-evil/x.json', '/../FOLDER-evil/x.json', '/a.php', '/%', '/etc', '/index.html/', '/%252e%252e/etc/passwd', '/C:/windows/win.ini'];
  it.each(paths)('%s', async (path) => {
    const answer = await http.answer(`GET ${path.replace('FOLDER', folder.split('/').at(-1)!)}`);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403|404) /);
    expect(answer).not.toMatch(/root:|SECRET/);
    expect(answer).not.toContain(folder);
  });
});

describe('bodies have a shape and a bound', () => {
  it.each<[string, string, number]>([
    ['over a megabyte', 'x'.repeat(2 << 20), 413],
    ['no JSON', '{', 400],
    ['not even text', '\u0000\u0001', 400],
  ])('%s', async (_, body, status) => {
    expect(await ask(honest, body)).toBe(status);
    expect(studio.heard).toEqual([]);
  });

  it('a bound holds too where no length is told', async () => {
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    const answer = await http.send(`POST /api/shell.info HTTP/1.1\r\nHost: ${http.host}\r\n${Object.entries(honest).map(([name, value]) => `${name}: ${String(value)}`).join('\r\n')}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk.repeat(32)}0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(studio.heard).toEqual([]);
  });

  it('__proto__ in a body or a header changes nothing', async () => {
    expect(await ask({ ...honest, ['__proto__x']: '1', constructor: 'x' }, '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')).toBe(200);
    expect(await http.send(`GET / HTTP/1.1\r\nHost: ${http.host}\r\n__proto__: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 (200|400) /);
    expect(({} as { readonly polluted?: number }).polluted).toBeUndefined();
  });

  it('a header over 8 KB is refused', async () => expect(await http.status('GET /', { 'X-Long': 'x'.repeat(9000) })).toBe(431));
});

describe('a code is good once', () => {
  it('needs an origin, and JSON', async () => {
    const body = JSON.stringify({ code: newCode() });
    expect(await http.status('POST /login', JSON_TYPE, body)).toBe(403);
    expect(await http.status('POST /login', { ...own, 'Content-Type': 'text/plain' }, body)).toBe(415);
  });

  it.each(['{"code":"x"}', '{"code":1}', '{}', 'null', '[]', '{"code":{"length":22}}'])('%s is none', async (body) => expect(await http.status('POST /login', { ...JSON_TYPE, ...own }, body)).toBe(401));

  it('and not a second time', async () => {
    const body = JSON.stringify({ code: newCode() });
    expect(await http.status('POST /login', { ...JSON_TYPE, ...own }, body)).toBe(200);
    expect(await http.status('POST /login', { ...JSON_TYPE, ...own }, body)).toBe(401);
  });

  it('many guesses close the door for a while, for tokens as for codes, and then it opens again', async () => {
    for (let guess = 0; guess < 25; guess += 1) await ask({ ...honest, Authorization: `Bearer ${guess}` });
    expect(await ask(honest)).toBe(401);
    await expect.poll(() => ask(honest), { timeout: 5000, interval: 200 }).toBe(200);
  });
});

type Opened = { readonly socket: WebSocket } | 'refused';
function open({ origin, protocols, path = '/ws', host }: { readonly origin?: string; readonly protocols: string[]; readonly path?: string; readonly host?: string }): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${serving.port}${path}`, protocols, { ...(origin === undefined ? {} : { origin }), headers: host === undefined ? {} : { host } });
    socket.on('open', () => resolve({ socket }));
    socket.on('error', () => resolve('refused'));
  });
}
const openOwn = async (): Promise<WebSocket> => {
  const opened = await open({ origin: `http://${http.host}`, protocols: [SOCKET_PROTOCOL, `${TOKEN_PREFIX}${token}`] });
  if (opened === 'refused') throw new Error('an honest socket was refused');
  return opened.socket;
};
const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

describe('a socket', () => {
  it('of ours gets answers, in the order of its requests, and is one client until it closes', async () => {
    const socket = await openOwn();
    const answers = new Promise((resolve) => {
      const got: unknown[] = [];
      socket.on('message', (data) => got.push(JSON.parse((data as Buffer).toString())) === 2 && resolve(got));
    });
    socket.send('{"id":1,"name":"shell.info","input":{}}');
    socket.send('{"id":2,"name":"shell.info","input":{}}');
    expect(await answers).toEqual([1, 2].map((id) => ({ id, answer: ok(null) })));
    expect(studio.clients.size).toBe(1);
    socket.close();
    await expect.poll(() => studio.clients.size).toBe(0);
  });

  it.each<[string, (good: { readonly origin: string; readonly protocols: string[] }) => { readonly origin?: string; readonly protocols: string[]; readonly path?: string; readonly host?: string }]>([
    ['from another origin', (good) => ({ ...good, origin: 'https://evil.example' })],
    ['without an origin', ({ protocols }) => ({ protocols })],
    ['from "null"', (good) => ({ ...good, origin: 'null' })],
    ['without a token', ({ origin }) => ({ origin, protocols: [SOCKET_PROTOCOL] })],
    ['with a wrong token', ({ origin }) => ({ origin, protocols: [SOCKET_PROTOCOL, `${TOKEN_PREFIX}x`] })],
    ['with another protocol', ({ origin, protocols }) => ({ origin, protocols: ['other', protocols[1]!] })],
    ['by a name of somebody else', ({ protocols }) => ({ protocols, origin: 'http://evil.example', host: 'evil.example' })],
    ['with the token in the address', ({ origin, protocols }) => ({ origin, protocols: [SOCKET_PROTOCOL], path: `/ws?token=${protocols[1]!.slice(TOKEN_PREFIX.length)}` })],
    ['at another path', (good) => ({ ...good, path: '/socket' })],
  ])('%s is refused', async (_, attack) => {
    expect(await open(attack({ origin: `http://${http.host}`, protocols: [SOCKET_PROTOCOL, `${TOKEN_PREFIX}${token}`] }))).toBe('refused');
    expect(studio.heard).toEqual([]);
  });

  it.each<[string, string | Buffer, number]>([
    ['bytes', Buffer.from('{"id":1}'), 1008],
    ['no JSON', 'x', 1007],
    ['no request', '[1]', 1007],
    ['over a megabyte', JSON.stringify({ id: 1, name: 'x'.repeat(2 << 20) }), 1009],
  ])('that sends %s is closed', async (_, message, code) => {
    const socket = await openOwn();
    socket.send(message);
    expect(await closed(socket)).toBe(code);
    expect(studio.heard).toEqual([]);
  });

  it('that sends more than 500 messages in a second is closed', async () => {
    const socket = await openOwn();
    const end = closed(socket);
    for (let id = 1; id <= 1200; id += 1) socket.send(JSON.stringify({ id, name: 'shell.info', input: {} }));
    expect(await end).toBe(1008);
    expect(studio.heard.length).toBeLessThanOrEqual(1000);
  });

  it('is one of eight at most', async () => {
    const sockets = await Promise.all(Array.from({ length: 8 }, openOwn));
    await expect(openOwn()).rejects.toThrow('refused');
    sockets[0]!.close();
    await closed(sockets[0]!);
    await expect.poll(() => openOwn().then(() => true, () => false)).toBe(true);
  });
});

describe('the server', () => {
  it('is on 127.0.0.1 and no other address of this machine', async () => {
    const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ address }) => address !== '127.0.0.1').map(({ address }) => address);
    const reached = await Promise.all(others.map((host) => new Promise((resolve) => {
      const socket = connect({ host, port: serving.port, timeout: 1000 }, () => resolve(true));
      socket.on('error', () => resolve(false)).on('timeout', () => resolve(false));
    })));
    expect(reached).not.toContain(true);
  });

  it('refuses or closes what is no request, 1,500 of them, and then answers as before', async () => {
    const word = fc.constantFrom('GET', 'POST', 'HEAD', 'FOO', ' ', '\r\n', '\n', ':', '/', '/login', '/api/shell.info', '/ws', 'HTTP/1.1', 'HTTP/9.9', 'Host: evil', 'Host: ', 'Origin: null', 'Upgrade: websocket', 'Connection: Upgrade', 'Content-Length: -1', 'Content-Length: 99999999999', 'Transfer-Encoding: chunked, chunked', 'Transfer-Encoding: chunked', 'Expect: 100-continue', '%', '\0', '\u00ff');
    const bytes = fc.oneof(fc.array(word, { maxLength: 30 }).map((parts) => parts.join('')), fc.string({ maxLength: 200 }), fc.uint8Array({ maxLength: 300 }).map((raw) => Buffer.from(raw).toString('latin1')));
    const requests = fc.sample(bytes, { numRuns: 1500, seed: 7 });
    const before = process.memoryUsage.rss();
    for (let from = 0; from < requests.length; from += 50) {
      // The end of what is sent tells the server that no more comes.
      const answers = await Promise.all(requests.slice(from, from + 50).map((request) => sendAll(request)));
      for (const answer of answers) expect(answer).not.toMatch(/^HTTP\/1\.1 [1235]0\d /);
    }
    expect(studio.heard).toEqual([]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
    expect(await ask(honest)).toBe(200);
  });
});

function sendAll(request: string): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(serving.port, '127.0.0.1', () => socket.end(Buffer.from(request, 'latin1')));
    socket.on('data', (data) => (got += data.toString('latin1'))).on('error', () => undefined).on('close', () => resolve(got));
  });
}

