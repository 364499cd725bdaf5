/** Attacks that take time, or hide one request in another: slow ones, smuggled ones, frames against the rules. An honest page gets through. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SOCKET_PROTOCOL, TOKEN_PREFIX } from '../shared/api/served';
import { serveStudio, type Serving } from '../main/server/serve-studio';
import { HeardStudio } from './heard-studio';
import { RawHttp, type RawHeaders } from './raw-http';

const JSON_TYPE = { 'Content-Type': 'application/json' };
let page: string;
let studio: HeardStudio;
let serving: Serving;
let http: RawHttp;
let token: string;
let honest: RawHeaders;

beforeAll(() => {
  page = mkdtempSync(join(tmpdir(), 'www-'));
  writeFileSync(join(page, 'index.html'), 'the page');
});
afterAll(() => rmSync(page, { recursive: true }));

async function begin(port: number): Promise<void> {
  studio = new HeardStudio();
  const served = await serveStudio({ studio, page, port });
  if (!served.ok) throw new Error(served.error.message);
  serving = served.value;
  http = new RawHttp(serving.port);
  const own = { ...JSON_TYPE, Origin: `http://${http.host}` };
  const answer = await http.answer('POST /login', own, JSON.stringify({ code: new URL(serving.makeLink()).hash.slice('#code='.length) }));
  token = (JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { readonly token: string }).token;
  honest = { ...own, Authorization: `Bearer ${token}` };
}
beforeEach(() => begin(0));
afterEach(() => serving.close());

const ask = (headers: RawHeaders = honest): Promise<number> => http.status('POST /api/shell.info', headers, '{}');
const lines = (headers: RawHeaders): string => Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');

/** Writes the pieces one after another, a while apart; answers what came back, and after how long the server closed. */
function dribble(first: string, piece: string, everyMs: number): Promise<{ readonly got: string; readonly tookMs: number }> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    let got = '';
    const socket: Socket = connect(serving.port, '127.0.0.1', () => socket.write(first));
    const timer = setInterval(() => socket.write(piece), everyMs);
    socket.on('data', (data) => (got += data.toString('latin1'))).on('error', () => undefined).on('close', () => {
      clearInterval(timer);
      resolve({ got, tookMs: performance.now() - startedMs });
    });
  });
}

describe('slow requests', () => {
  it('are cut off, headers after 5 s and bodies after 10, while an honest page is answered', async () => {
    const headers = Array.from({ length: 40 }, () => dribble(`GET / HTTP/1.1\r\nHost: ${http.host}\r\n`, 'X-A: b\r\n', 400));
    const bodies = Array.from({ length: 20 }, () => dribble(`POST /api/shell.info HTTP/1.1\r\nHost: ${http.host}\r\n${lines(honest)}Content-Length: 5000\r\n\r\n`, ' ', 400));
    const silent = Array.from({ length: 20 }, () => dribble('', '', 60_000));
    expect(await ask()).toBe(200);
    const cut = await Promise.all([...headers, ...silent]);
    expect(await ask()).toBe(200);
    for (const { got, tookMs } of [...cut, ...(await Promise.all(bodies))]) {
      expect(got).not.toMatch(/^HTTP\/1\.1 200/);
      // Generous: what counts is that it ends.
      expect(tookMs).toBeLessThan(20_000);
    }
    expect(studio.heard).toHaveLength(2);
  }, 40_000);

  it('do not fill the house for long: of 150 that say nothing at most 100 come in, and all are gone after a while', async () => {
    const idle = Array.from({ length: 150 }, () => dribble('', '', 60_000));
    // While the house is full, an honest page is turned away like anybody else.
    await expect.poll(() => ask().catch(() => 0), { timeout: 20_000, interval: 300 }).toBe(200);
    const took = (await Promise.all(idle)).map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
    expect(took.at(-1)).toBeLessThan(20_000);
    expect(took.filter((ms) => ms < 2000).length).toBeGreaterThanOrEqual(50);
  }, 40_000);
});

describe('one request inside another', () => {
  const inner = (): string => `POST /api/shell.info HTTP/1.1\r\nHost: ${http.host}\r\n${lines(honest)}Content-Length: 2\r\nConnection: close\r\n\r\n{}`;

  it.each<[string, (host: string) => string]>([
    ['two lengths', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nContent-Length: 400\r\n\r\n`],
    ['a length and chunks', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['chunks that are not last', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['an encoding of its own', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a blank before the colon', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['a folded header', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nX: a\r\n Content-Length: 4\r\n\r\n`],
    ['a length with a sign', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: +4\r\n\r\n`],
    ['a chunk whose size is none', (host) => `POST /login HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n0x4\r\n1234\r\n0\r\n\r\n`],
    ['a refused name before it', () => 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['no token before it', (host) => `POST /api/shell.info HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`],
  ])('by %s: what is refused is the end of its connection', async (_, outer) => {
    const answer = await http.send(outer(http.host) + inner());
    expect(answer.match(/HTTP\/1\.1 \d+/g) ?? []).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(studio.heard).toEqual([]);
  });

  it('a good one before a bad one does not vouch for it, and what comes behind the bad one is not carried out', async () => {
    const good = `POST /api/shell.info HTTP/1.1\r\nHost: ${http.host}\r\n${lines(honest)}Content-Length: 2\r\n\r\n{}`;
    const answer = await http.send(good + good.replace(/Bearer \S+/, 'Bearer x') + good);
    // Whether the bad one is looked at at all depends on when it is read.
    expect(answer.match(/HTTP\/1\.1 \d+/g)?.join()).toMatch(/^HTTP\/1\.1 200(,HTTP\/1\.1 401)?$/);
    expect(studio.heard).toHaveLength(1);
  });
});

describe('methods and tokens in disguise', () => {
  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('%s is not listened to', async (name) => {
    expect(await http.status('GET /api/shell.info', { ...honest, [name]: 'POST' })).toBe(404);
    expect(await http.status('GET /?_method=POST', honest)).toBe(200);
    expect(studio.heard).toEqual([]);
  });

  it.each(['get /', 'GeT /', 'GET\t/', 'QUERY /', 'M-SEARCH /', 'PROPFIND /', 'LINK /', 'ABCDEFGHIJ /'])('%j is no way to ask', async (line) => expect([0, 400, 405]).toContain(await http.status(line)));

  it('HEAD has the headers and no body', async () => expect(await http.answer('HEAD /')).toMatch(/^HTTP\/1\.1 200 [^]*\r\n\r\n$/));

  it.each<[string, (token: string) => RawHeaders]>([
    ['two blanks', (good) => ({ Authorization: `Bearer  ${good}` })],
    ['a blank inside', (good) => ({ Authorization: `Bearer ${good.slice(0, 20)} ${good.slice(20)}` })],
    ['more behind it', (good) => ({ Authorization: `Bearer ${good}x` })],
    ['less of it', (good) => ({ Authorization: `Bearer ${good.slice(0, -1)}` })],
    ['other capitals', (good) => ({ Authorization: `Bearer ${good.toLowerCase()}${good.toUpperCase()}` })],
    ['another header', (good) => ({ Authorization: null, 'X-Authorization': `Bearer ${good}`, 'Proxy-Authorization': `Bearer ${good}` })],
    ['many names and one right one', (good) => ({ Authorization: `Bearer x, Bearer ${good}` })],
  ])('a token with %s is none', async (_, headers) => {
    expect(await ask({ ...honest, ...headers(token) })).toBe(401);
    expect(studio.heard).toEqual([]);
  });

  it('the token of an earlier start, on the same port, is none; nor is its code', async () => {
    const [old, code] = [honest, new URL(serving.makeLink()).hash.slice('#code='.length)];
    const { port } = serving;
    await serving.close();
    await begin(port);
    expect(await ask(old)).toBe(401);
    expect(await http.status('POST /login', { ...JSON_TYPE, Origin: `http://${http.host}` }, JSON.stringify({ code }))).toBe(401);
    expect(await ask()).toBe(200);
  });

  it('a code in the address is none, and no answer repeats what was asked for', async () => {
    const code = new URL(serving.makeLink()).hash.slice('#code='.length);
    const answers = await Promise.all([http.answer(`GET /?code=${code}`), http.answer(`POST /login?code=${code}`, { ...JSON_TYPE, Origin: `http://${http.host}` }, '{}'), http.answer(`GET /${code}`), http.answer('GET /', { 'X-Code': code, Host: 'evil.example' })]);
    for (const answer of answers) expect(answer).not.toContain(code);
    expect(answers[1]).toMatch(/^HTTP\/1\.1 401/);
  });
});

type Upgrade = { readonly status: number; readonly answer: string; readonly socket: Socket };
function upgrade(headers: RawHeaders = {}, line = 'GET /ws'): Promise<Upgrade> {
  const all: RawHeaders = { Host: http.host, Origin: `http://${http.host}`, Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': randomBytes(16).toString('base64'), 'Sec-WebSocket-Protocol': `${SOCKET_PROTOCOL}, ${TOKEN_PREFIX}${token}`, ...headers };
  const text = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((one) => `${name}: ${one}\r\n`))).join('');
  return new Promise((resolve) => {
    let answer = '';
    const socket: Socket = connect(serving.port, '127.0.0.1', () => socket.write(`${line} HTTP/1.1\r\n${text}\r\n`));
    const done = (): void => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), answer, socket });
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (answer.includes('\r\n\r\n')) done();
    }).on('error', () => undefined).on('close', done);
  });
}
/** A frame as a client sends it: masked, unless it is against the rules. */
function frame(head: number, payload: Buffer, isMasked = true): Buffer {
  const length = payload.length < 126 ? Buffer.from([payload.length]) : Buffer.from([126, payload.length >> 8, payload.length & 255]);
  if (isMasked) length[0]! |= 0x80;
  const mask = randomBytes(isMasked ? 4 : 0);
  return Buffer.concat([Buffer.from([head]), length, mask, isMasked ? payload.map((byte, index) => byte ^ mask[index % 4]!) : payload]);
}
const ended = (socket: Socket): Promise<void> => new Promise((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));
const REQUEST = Buffer.from('{"id":1,"name":"shell.info","input":{}}');

describe('a socket', () => {
  it('opens as it should, without compression, whatever is offered', async () => {
    const { status, answer, socket } = await upgrade({ 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' });
    expect(status).toBe(101);
    expect(answer).not.toMatch(/sec-websocket-extensions/i);
    expect(answer).toContain(`Sec-WebSocket-Protocol: ${SOCKET_PROTOCOL}\r\n`);
    expect(answer).not.toContain(token);
    socket.write(frame(0x81, REQUEST));
    await expect.poll(() => studio.heard.length).toBe(1);
    socket.destroy();
  });

  it.each<[string, RawHeaders, string?]>([
    ['from a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a page of another port', { 'Sec-Fetch-Site': 'same-site' }],
    ['with two hosts', { Host: ['127.0.0.1:1', 'evil.example'] }],
    ['with two origins', { Origin: ['http://127.0.0.1', 'https://evil.example'] }],
    ['to another protocol', { Upgrade: 'h2c' }],
    ['of an old version', { 'Sec-WebSocket-Version': '7' }],
    ['without a key', { 'Sec-WebSocket-Key': null }],
    ['by POST', {}, 'POST /ws'],
    ['at an address with a search', {}, 'GET /ws?a=b'],
    ['at an address of a proxy', {}, 'GET http://evil.example/ws'],
    ['with its path written otherwise', {}, 'GET /%77s'],
    ['with the token of somebody else first', { 'Sec-WebSocket-Protocol': `${SOCKET_PROTOCOL}, ${TOKEN_PREFIX}x` }],
  ])('%s does not open', async (_, headers, line) => {
    const { status, socket } = await upgrade(headers, line);
    expect(status).not.toBe(101);
    socket.destroy();
    expect(studio.heard).toEqual([]);
  });

  it.each<[string, () => Buffer]>([
    ['a frame without its mask', () => frame(0x81, REQUEST, false)],
    ['a frame that says it is compressed', () => frame(0xc1, REQUEST)],
    ['a frame of no kind', () => frame(0x83, REQUEST)],
    ['an end without a beginning', () => frame(0x80, REQUEST)],
    ['a ping in pieces', () => frame(0x09, Buffer.from('x'))],
    ['text that is no UTF-8', () => frame(0x81, Buffer.from([0x22, 0xc0, 0xaf, 0x22]))],
    ['a length of 2 to the 63', () => Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0])],
    ['pieces of more than a megabyte in all', () => Buffer.concat([frame(0x01, Buffer.alloc(60_000, ' ')), ...Array.from({ length: 20 }, () => frame(0x00, Buffer.alloc(60_000, ' ')))])],
    ['600 pings in a second', () => Buffer.concat(Array.from({ length: 600 }, () => frame(0x89, Buffer.from('x'))))],
  ])('that sends %s is closed', async (_, bytes) => {
    const { status, socket } = await upgrade();
    expect(status).toBe(101);
    socket.write(bytes());
    // What is closed in good order waits for the other side; this one does not answer, and sends on.
    const closing = new Promise<string>((resolve) => socket.on('data', (data) => data.includes(0x88) && resolve('closing')));
    expect(await Promise.race([closing, ended(socket).then(() => 'ended')])).toMatch(/closing|ended/);
    socket.write(frame(0x81, REQUEST));
    socket.destroy();
    await expect.poll(() => studio.clients.size).toBe(0);
    expect(studio.heard).toEqual([]);
  });

  it('has 200 requests unanswered at most; more are told so, and the socket stays', async () => {
    let letGo: () => void = () => undefined;
    studio.held = new Promise((resolve) => (letGo = resolve));
    const { socket } = await upgrade();
    let got = '';
    socket.on('data', (data) => (got += data.toString('latin1')));
    for (let id = 1; id <= 220; id += 1) socket.write(frame(0x81, Buffer.from(`{"id":${id},"name":"shell.info","input":{}}`)));
    await expect.poll(() => got.match(/too many requests at a time/g)?.length).toBe(20);
    expect(studio.heard).toHaveLength(200);
    letGo();
    await expect.poll(() => got.match(/"answer"/g)?.length).toBe(200);
    socket.destroy();
  });
});
