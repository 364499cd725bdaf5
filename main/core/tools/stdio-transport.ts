/**
 * One MCP server as a process: JSON-RPC messages, one a line, over its standard input and output. The SDK's own transport hands on parts of
 * our environment and bounds nothing but a line; this one hands on what was granted and ends a server that says more than it may.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { JSONRPCMessageSchema, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { ToolServerSettings } from '../../../shared/run/tool-settings';
import type { CoreWorld } from '../core-world';

/** One message, and all that a server says between two calls of ours. */
export const MOST_LINE_BYTES = 4 * 1024 * 1024;
export const MOST_UNASKED_BYTES = 16 * 1024 * 1024;
/** Lines that are no message; some servers greet whoever starts them. */
export const MOST_GARBAGE = 100;
/** Of its last words on standard error, for whoever has to mend it. */
const KEPT_WORDS = 1000;
/** After its input was closed, and after it was asked to end. */
const PATIENCE_MS = 1000;

/** PATH finds programs; without a place for temporary files many do not start. Nothing else of ours. */
function cleanEnvironment({ env }: ToolServerSettings): NodeJS.ProcessEnv {
  const handed = process.platform === 'win32' ? ['PATH', 'SystemRoot', 'TEMP'] : ['PATH', 'TMPDIR'];
  return { ...Object.fromEntries(handed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))), ...env };
}

export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  readonly #settings: ToolServerSettings;
  readonly #world: CoreWorld;
  #child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  #ended = Promise.resolve();
  /** The beginning of a line whose end has not come. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #unaskedBytes = 0;
  #garbage = 0;
  #words = '';
  /** Why it is gone, in words, once it is. */
  end: string | undefined;

  constructor(settings: ToolServerSettings, world: CoreWorld) {
    this.#settings = settings;
    this.#world = world;
  }

  start(): Promise<void> {
    const { command, args, cwd } = this.#settings;
    // A group of its own: with a server that is a script, what it started ends as well.
    const child = spawn(command, args, { env: cleanEnvironment(this.#settings), cwd: cwd ?? tmpdir(), stdio: ['pipe', 'pipe', 'pipe'], shell: false, detached: process.platform !== 'win32', windowsHide: true });
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('close', (code, signal) => {
      this.#gone(signal ? `it was ended by ${signal}` : `it ended with code ${code ?? 'none'}`);
      resolve();
    }));
    child.stdout.on('data', (chunk: Buffer) => this.#hear(chunk));
    child.stderr.on('data', (chunk: Buffer) => { this.#words = (this.#words + chunk.toString('utf8')).slice(-KEPT_WORDS); });
    // Whoever writes to a server that is gone hears of it when it closes.
    child.stdin.on('error', () => undefined);
    return new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => {
        this.#gone(`it did not start: ${error.message}`);
        reject(error);
      });
    });
  }

  send(message: JSONRPCMessage): Promise<void> {
    const { stdin } = this.#child ?? {};
    if (!stdin?.writable || this.end !== undefined) return Promise.reject(new Error('the server is gone'));
    this.#unaskedBytes = 0;
    stdin.write(`${JSON.stringify(message)}\n`);
    return Promise.resolve();
  }

  #hear(chunk: Buffer): void {
    if (this.end !== undefined) return;
    this.#unaskedBytes += chunk.length;
    if (this.#unaskedBytes > MOST_UNASKED_BYTES) return this.kill(`it said more than ${MOST_UNASKED_BYTES} bytes in a row`);
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      this.#pieces.push(chunk.subarray(from, at));
      this.#pieceBytes += at - from;
      from = at + 1;
      if (this.#pieceBytes > MOST_LINE_BYTES) break;
      const line = Buffer.concat(this.#pieces).toString('utf8');
      this.#pieces = [];
      this.#pieceBytes = 0;
      this.#read(line);
      if (this.end !== undefined) return;
    }
    this.#pieces.push(chunk.subarray(from));
    this.#pieceBytes += chunk.length - from;
    if (this.#pieceBytes > MOST_LINE_BYTES) this.kill(`it said a message of more than ${MOST_LINE_BYTES} bytes`);
  }

  #read(line: string): void {
    if (line.trim() === '') return;
    const message = parseMessage(line);
    if (message) return this.onmessage?.(message);
    this.#garbage += 1;
    if (this.#garbage > MOST_GARBAGE) this.kill(`it said ${this.#garbage} lines that are no messages`);
  }

  #gone(why: string): void {
    if (this.end === undefined) {
      const words = this.#words.trim().split('\n').at(-1) ?? '';
      this.end = words === '' ? why : `${why}; its last words: ${words.slice(-200)}`;
    }
    this.onclose?.();
    delete this.onclose;
  }

  /** At once, with all that it started. */
  kill(why: string): void {
    this.#gone(why);
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child?.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // The group is gone already.
    }
  }

  /** Its input ends; one that goes on is asked to end, and then ended. */
  async close(): Promise<void> {
    if (!this.#child || this.#child.pid === undefined) return this.#gone('it did not start');
    this.#child.stdin.end();
    const timers = (['SIGTERM', 'SIGKILL'] as const).map((signal, index) => this.#world.setTimer(PATIENCE_MS * (index + 1), () => this.#signal(signal)));
    await this.#ended;
    for (const timer of timers) timer.cancel();
    // What it started may have outlived it.
    this.#signal('SIGKILL');
  }
}

function parseMessage(line: string): JSONRPCMessage | undefined {
  try {
    return JSONRPCMessageSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
