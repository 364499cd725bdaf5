/** What `new` writes when nothing is asked for: three nodes that greet, small enough to read at once. */
const text = new TextEncoder();
const json = (value: object): Uint8Array => text.encode(`${JSON.stringify(value, null, 2)}\n`);

const design = {
  format: 'prismatic/1',
  name: 'greeter',
  root: 'root',
  nodes: {
    root: { kind: 'supervisor', strategy: 'one_for_one', children: ['screen', 'greeter', 'names'] },
    screen: { kind: 'sink', behaviour: { type: 'console' }, provides: ['Screen'] },
    greeter: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/greeter.ts' }, provides: ['Greeting'], requires: { screen: 'Screen' } },
    names: { kind: 'source', behaviour: { type: 'file', path: 'data/names.txt' }, requires: { out: 'Greeting' }, operation: 'greet' },
  },
  wires: [
    { from: 'greeter.screen', to: 'screen' },
    { from: 'names.out', to: 'greeter' },
  ],
};

const line = { type: 'object', properties: { line: { type: 'integer' }, text: { type: 'string' } }, required: ['line', 'text'] };
const greeting = { type: 'object', properties: { greeting: { type: 'string' } }, required: ['greeting'] };

const handler = `// Greets each name, and counts. A throw here is a crash: the supervisor starts the greeter again, with an empty state.
export const Greeting = {
  async greet(input, self) {
    self.state.count = (self.state.count ?? 0) + 1;
    await self.use.screen.show({ greeting: \`Hello, \${input.text}! You are number \${self.state.count}.\` });
    return { greeting: input.text };
  },
};
`;

export const SMALL_PROJECT: ReadonlyMap<string, Uint8Array> = new Map([
  ['design.json', json(design)],
  ['protocols/Greeting.json', json({ doc: 'Greets a person by name.', operations: { greet: { kind: 'call', input: line, output: greeting } } })],
  ['protocols/Screen.json', json({ doc: 'Shows a text.', operations: { show: { kind: 'call', input: greeting, output: { type: 'null' } } } })],
  ['handlers/greeter.ts', text.encode(handler)],
  ['data/names.txt', text.encode('Ada\nGrace\nJoe\n')],
  ['.gitignore', text.encode('.prismatic/\n')],
]);
