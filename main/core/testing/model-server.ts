/**
 * A model endpoint on loopback that behaves as it is told: in the shapes of OpenAI's chat completions (which Ollama speaks too), of
 * OpenAI's embeddings, and of Anthropic's messages; well, slowly, wrongly, or not at all.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SeenRequest = { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: Readonly<Record<string, unknown>>; readonly atMs: number };

export type Behave =
  | { readonly kind: 'text'; readonly text: string; readonly usage?: { readonly input: number; readonly output: number }; readonly finish?: string; readonly delayMs?: number }
  /** A word at a time; without an end where it is `endless`. */
  | { readonly kind: 'slow'; readonly text: string; readonly everyMs: number; readonly endless?: true }
  | { readonly kind: 'toolCall'; readonly name: string; readonly input: string }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Says so much, and then nothing more, and keeps the connection. */
  | { readonly kind: 'stall'; readonly text: string }
  /** Says so much, and closes the connection: `politely`, or in the middle of a chunk. */
  | { readonly kind: 'cutOff'; readonly text: string; readonly politely: boolean }
  /** Takes the request, and never answers. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'garbage' }
  /** An event stream whose events are JSON of another kind. */
  | { readonly kind: 'wrongJson' }
  | { readonly kind: 'huge'; readonly bytes: number }
  | { readonly kind: 'errorInStream'; readonly error: Readonly<Record<string, string>> };

export type ModelServer = {
  readonly origin: string;
  readonly seen: readonly SeenRequest[];
  /** How it behaves from here on. */
  behave: (request: SeenRequest, count: number) => Behave;
  /** Connections that are open at this moment. */
  readonly open: () => number;
  /** Requests that have come and are not answered to their end. */
  readonly underWay: () => number;
  readonly close: () => Promise<void>;
};

export async function openModelServer(behave: ModelServer['behave']): Promise<ModelServer> {
  const seen: SeenRequest[] = [];
  let underWay = 0;
  const server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const one: SeenRequest = { path: request.url ?? '', headers: request.headers, body: text === '' ? {} : (JSON.parse(text) as SeenRequest['body']), atMs: performance.now() };
    seen.push(one);
    underWay += 1;
    let isOver = false;
    const over = (): void => {
      if (!isOver) underWay -= 1;
      isOver = true;
    };
    response.on('finish', over).on('close', over);
    send(one, response, opened.behave(one, seen.length));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const opened: ModelServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    behave,
    open: () => connections.size,
    underWay: () => underWay,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const connections = new Set<object>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  return opened;
}

const DEFAULT_USAGE = { input: 10, output: 5 };

function send(request: SeenRequest, response: ServerResponse, how: Behave): void {
  const shape = request.path.endsWith('/messages') ? anthropic : openai;
  if (how.kind === 'silent') return;
  if (how.kind === 'status') return void response.writeHead(how.status, { 'content-type': 'application/json', ...how.headers }).end(how.body ?? '{"error":{"message":"as told"}}');
  if (how.kind === 'text' && request.path.endsWith('/embeddings')) return sendEmbeddings(request, response);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  switch (how.kind) {
    case 'text':
      return void setTimeout(() => response.end(shape.begin() + wordsOf(how.text).map(shape.text).join('') + shape.end(how.finish ?? 'stop', how.usage ?? DEFAULT_USAGE)), how.delayMs ?? 0);
    case 'slow':
      return void sendSlowly(response, shape, how);
    case 'toolCall':
      return void response.end(shape.begin() + shape.tool(how.name, how.input) + shape.end('tool_calls', DEFAULT_USAGE));
    case 'stall':
      return void response.write(shape.begin() + wordsOf(how.text).map(shape.text).join(''));
    case 'cutOff':
      response.write(shape.begin() + wordsOf(how.text).map(shape.text).join(''), () => (how.politely ? response.end() : response.destroy()));
      return;
    case 'garbage':
      return void response.end('data: {"choices":[{"delta":{"content":"hal\n\n\u0000\u0001 <html>502</html>');
    case 'wrongJson':
      return void response.end('data: {"answer": 42}\n\ndata: [DONE]\n\n');
    case 'huge':
      return sendHuge(response, shape, how.bytes);
    case 'errorInStream':
      return void response.end(shape.begin() + shape.error(how.error));
  }
}

function sendEmbeddings({ body }: SeenRequest, response: ServerResponse): void {
  const input = body['input'] as readonly string[];
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, index] }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data, usage: { prompt_tokens: 7, total_tokens: 7 } }));
}

async function sendSlowly(response: ServerResponse, shape: Shape, { text, everyMs, endless }: Extract<Behave, { kind: 'slow' }>): Promise<void> {
  response.write(shape.begin());
  do {
    for (const word of wordsOf(text)) {
      response.write(shape.text(word));
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  } while (endless === true && !response.destroyed);
  response.end(shape.end('stop', DEFAULT_USAGE));
}

/** In pieces, so that whoever stops reading is noticed. */
function sendHuge(response: ServerResponse, shape: Shape, bytes: number): void {
  const piece = shape.text('x'.repeat(64 * 1024));
  response.write(shape.begin());
  let left = bytes;
  const more = (): void => {
    if (response.destroyed) return;
    left -= piece.length;
    if (left <= 0) return void response.end(shape.end('stop', DEFAULT_USAGE));
    response.write(piece, more);
  };
  more();
}

/** Words with the space behind them: each a token. */
const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*|\s+/g) ?? [];

type Shape = {
  readonly begin: () => string;
  readonly text: (text: string) => string;
  readonly tool: (name: string, input: string) => string;
  readonly end: (finish: string, usage: { readonly input: number; readonly output: number }) => string;
  readonly error: (error: Readonly<Record<string, string>>) => string;
};

const data = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: object, finish: string | null = null): string => data({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm-1-served', choices: [{ index: 0, delta, finish_reason: finish }] });

const openai: Shape = {
  begin: () => chunk({ role: 'assistant', content: '' }),
  text: (text) => chunk({ content: text }),
  // Arguments come in pieces, as they do.
  tool: (name, input) => chunk({ tool_calls: [{ index: 0, id: 'call-1', type: 'function', function: { name, arguments: '' } }] }) + [...input].map((letter) => chunk({ tool_calls: [{ index: 0, function: { arguments: letter } }] })).join(''),
  end: (finish, { input, output }) => `${chunk({}, finish)}${data({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm-1-served', choices: [], usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output } })}data: [DONE]\n\n`,
  error: (error) => data({ error }),
};

const event = (type: string, value: object): string => `event: ${type}\n${data({ type, ...value })}`;
const ANTHROPIC_FINISH: Readonly<Record<string, string>> = { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use', content_filter: 'refusal' };

const anthropic: Shape = {
  begin: () => event('message_start', { message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm-1-served', content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 10, output_tokens: 1 } } }) + event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  text: (text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  tool: (name, input) =>
    event('content_block_stop', { index: 0 }) +
    event('content_block_start', { index: 1, content_block: { type: 'tool_use', id: 'toolu_1', name, input: {} } }) +
    [...input].map((letter) => event('content_block_delta', { index: 1, delta: { type: 'input_json_delta', partial_json: letter } })).join('') +
    event('content_block_stop', { index: 1 }),
  end: (finish, { output }) => (finish === 'tool_calls' ? '' : event('content_block_stop', { index: 0 })) + event('message_delta', { delta: { stop_reason: ANTHROPIC_FINISH[finish] ?? finish, stop_sequence: null }, usage: { output_tokens: output } }) + event('message_stop', {}),
  error: (error) => event('error', { error }),
};
