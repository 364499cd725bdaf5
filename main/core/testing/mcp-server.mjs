/** A small MCP server for tests, with tools that behave and tools that do not. */
import { spawn } from 'node:child_process';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

if (process.argv.includes('--never-greets')) await new Promise((resolve) => setTimeout(resolve, 600_000));
if (process.argv.includes('--dies')) {
  console.error('cannot find my licence');
  process.exit(9);
}

const server = new McpServer({ name: 'test', version: '1' });
const text = (value) => ({ content: [{ type: 'text', text: String(value) }] });
const never = () => new Promise(() => setInterval(() => undefined, 60_000));
let calls = 0;

server.registerTool('add', { description: 'The sum of two numbers.', inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => text(a + b));
server.registerTool('parts', { outputSchema: { pid: z.number(), calls: z.number() } }, () => ({ content: [], structuredContent: { pid: process.pid, calls: (calls += 1) } }));
server.registerTool('env', {}, () => text(JSON.stringify(Object.keys(process.env).sort())));
server.registerTool('cwd', {}, () => text(process.cwd()));
server.registerTool('fail', {}, () => ({ ...text('there is no such file'), isError: true }));
server.registerTool('picture', {}, () => ({ content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }, { type: 'text', text: 'a cat' }] }));
server.registerTool('crash', {}, () => {
  console.error('out of cheese');
  process.exit(3);
});
server.registerTool('hang', {}, () => never());
server.registerTool('freeze', {}, () => {
  for (;;);
});
server.registerTool('flood', {}, () => {
  const more = () => process.stdout.write('x'.repeat(1_000_000), more);
  more();
  return never();
});
server.registerTool('chatter', {}, () => {
  const line = `${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x'.repeat(100_000) } })}\n`;
  const more = () => process.stdout.write(line, more);
  more();
  return never();
});
server.registerTool('garbage', {}, () => {
  process.stdout.write('this is no message\n'.repeat(500));
  return never();
});
server.registerTool('mumble', {}, () => {
  process.stdout.write('hello\n\n{"jsonrpc":"2.0","id":999,"result":{}}\n');
  return text('done');
});
server.registerTool('big', {}, () => text('x'.repeat(2_000_000)));
server.registerTool('child', {}, () => {
  const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  return text(pid);
});

await server.connect(new StdioServerTransport());
