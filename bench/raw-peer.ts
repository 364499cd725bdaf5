/** The other side of a raw message port: it counts what is one-way and sends the rest back. The limit of messages between hosts. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../shared/assert';

assert(parentPort, 'the raw peer runs as a worker thread');
const port = parentPort;
type RawMessage = { readonly id: number; readonly echo: boolean; readonly input: { readonly text: string } };
let characters = 0;

function receive(message: RawMessage): void {
  characters += message.input.text.length;
  if (message.echo) port.postMessage(message);
}

port.on('message', (message: string | RawMessage | readonly RawMessage[]) => {
  const messages = typeof message === 'string' ? (JSON.parse(message) as readonly RawMessage[]) : 'id' in message ? [message] : message;
  for (const one of messages) receive(one);
});
port.on('close', () => assert(characters >= 0, 'nothing came'));
