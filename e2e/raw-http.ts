/** Requests as an attacker writes them: byte by byte, with whatever headers, without a library that puts them right. */
import { connect } from 'node:net';

export type RawHeaders = Readonly<Record<string, string | readonly string[] | null>>;
/** Longer than any answer takes; a server that says nothing until then has not accepted. */
const LONGEST_MS = 3000;

export class RawHttp {
  readonly port: number;

  constructor(port: number) {
    this.port = port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** All that came back until the server closed the connection. */
  send(bytes: string | Buffer): Promise<string> {
    return new Promise((resolve) => {
      let got = '';
      const socket = connect(this.port, '127.0.0.1', () => socket.write(bytes));
      const cut = setTimeout(() => socket.destroy(), LONGEST_MS);
      socket.on('data', (data) => (got += data.toString('latin1')));
      // A server that cuts off what it refuses resets the connection.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearTimeout(cut);
        resolve(got);
      });
    });
  }

  answer(line: string, headers: RawHeaders = {}, body = ''): Promise<string> {
    const all: RawHeaders = { Host: this.host, Connection: 'close', ...(body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }), ...headers };
    const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((one) => `${name}: ${one}`)));
    return this.send(`${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  /** The status of the answer, or 0 where there was none. */
  async status(line: string, headers: RawHeaders = {}, body = ''): Promise<number> {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(await this.answer(line, headers, body))?.[1] ?? 0);
  }
}
