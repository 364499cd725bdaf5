import type { CatalogPart } from './catalog-entry';

/** The example project with a tool that an agent could use. */
const files = {
  'design.json': `{
  "nodes": {
    "root": { "children": ["files", "desk", "brain", "book"] },
    "files": { "kind": "tool", "server": "files", "provides": ["Files"], "operations": { "readFile": "read_file" } } } }
`,
  'protocols/Files.json': '{ "operations": { "readFile": { "kind": "call", "doc": "The text of a file.", "input": { "type": "object", "properties": { "path": { "type": "string" } }, "required": ["path"] }, "output": { "type": "string" }, "errors": ["ToolFailed"] } } }\n',
};

/** Codes of tools, which are MCP servers of whoever runs a design: MCP00x in a design, MCP01x at a run. */
export const toolCatalog = {
  MCP001: {
    severity: 'error',
    title: 'a tool gives a name to an operation that it does not provide',
    meaning: '`operations` says what the MCP server calls an operation, where that is another name. Those that are not named there are called what the protocol calls them.',
    in: 'design.json',
    beside: files,
    wrong: `{ "nodes": { "files": { "operations": { "readFiles": "read_file" } } } }`,
    right: `{ "nodes": { "files": { "operations": { "readFile": "read_file" } } } }`,
  },
  MCP002: {
    severity: 'warning',
    title: 'an operation of a tool does not declare ToolFailed',
    meaning: 'A tool of an MCP server may answer that it failed: there is no such file, the search found nothing. Where the operation declares `ToolFailed`, its caller gets that as an error with the tool’s words; where it does not, it is a crash.',
    in: 'protocols/Files.json',
    beside: files,
    wrong: `{ "operations": { "readFile": { "errors": [] } } }`,
    right: `{ "operations": { "readFile": { "errors": ["ToolFailed"] } } }`,
  },
  MCP003: {
    severity: 'error',
    title: 'the input of a tool is no object',
    meaning: 'A tool of an MCP server takes named arguments, and the fields of the input are these.',
    in: 'protocols/Files.json',
    beside: files,
    wrong: `{ "operations": { "readFile": { "input": { "type": "string", "properties": null, "required": null } } } }`,
    right: `{ "operations": { "readFile": { "input": { "type": "object", "properties": { "path": { "type": "string" } } } } } }`,
  },
  MCP004: {
    severity: 'error',
    title: 'a tool cannot give a stream',
    meaning: 'A tool of an MCP server gives one answer to a call. A stream is answered by a sequence of items.',
    in: 'protocols/Files.json',
    beside: files,
    wrong: `{ "operations": { "readFile": { "kind": "stream" } } }`,
    right: `{ "operations": { "readFile": { "kind": "call" } } }`,
  },
} as const satisfies CatalogPart;

/** What is told at a run. */
export const toolRunCatalog = {
  MCP010: {
    severity: 'error',
    title: 'the registry of tools cannot be read',
    meaning: 'MCP servers are started only from `tools.json` in the person’s own folder for data. The file is there and cannot be read.',
    in: 'words',
    wrong: 'tools.json belongs to another user, and nobody else may read it.',
    right: 'tools.json may be read by whoever runs the design.',
  },
  MCP011: {
    severity: 'error',
    title: 'the registry of tools is not as it should be',
    meaning: 'Each server in `tools.json` has a command, and may have arguments, variables of its environment and a folder. Nothing else is handed on: it starts with those variables, `PATH` and a place for temporary files.',
    in: 'words',
    wrong: '{ "format": "prismatic-tools/1", "servers": { "files": "npx files" } }',
    right: '{ "format": "prismatic-tools/1", "servers": { "files": { "command": "node", "args": ["/home/me/files-server.mjs"] } } }',
  },
  MCP012: {
    severity: 'error',
    title: 'there is no MCP server of that name',
    meaning: 'A design names a server, and the registry of whoever runs it has its command: nothing that comes with a project is ever started. A design from somebody else may name a server that you do not have, or call yours by another name.',
    in: 'words',
    wrong: 'The design has a tool "files"; tools.json has none of that name.',
    right: 'tools.json has { "servers": { "files": { "command": "node", "args": ["/home/me/files-server.mjs"] } } }',
  },
  MCP013: {
    severity: 'error',
    title: 'the command of an MCP server is another than was granted',
    meaning: 'A grant is for one command line, by its hash: with another command, other arguments, another folder or other variables it is another program that would start.',
    in: 'words',
    wrong: 'The grant of "files" was given for node /home/me/files-server.mjs; tools.json now says node /tmp/other.mjs.',
    right: 'Look at the new command line, and grant it anew.',
  },
  MCP014: {
    severity: 'error',
    title: 'a tool may not be called here',
    meaning: 'In the registry of tools the person may name those of a server that may be called, whatever a design asks for and a grant allows. The design calls another.',
    in: 'words',
    wrong: 'tools.json has { "files": { "command": "node", "allow": ["read_file"] } }; the design calls write_file.',
    right: 'tools.json has { "files": { "command": "node", "allow": ["read_file", "write_file"] } }.',
  },
  MCP015: {
    severity: 'error',
    title: 'the registry of tools cannot be written',
    meaning: 'A server was added, changed or taken away in the app, and `tools.json` in the folder for data could not be written. It is as it was before.',
    in: 'words',
    wrong: 'The disk is full.',
    right: 'There is room on the disk, and the folder for data belongs to whoever runs the app.',
  },
  MCP016: {
    severity: 'error',
    title: 'the registry of tools is not changed from here',
    meaning: 'A command in the registry is a program on this computer. It is kept only after the person at the window has seen the whole line and said yes; a page in a browser, whose link may be in other hands, neither changes nor starts one.',
    in: 'words',
    wrong: 'A page of `prismatic serve` adds a server.',
    right: 'It is added in the app, or written into tools.json in the folder for data.',
  },
  MCP017: {
    severity: 'error',
    title: 'an MCP server does not say what it offers',
    meaning: 'It was started by its command, as a run starts it: with its own variables, `PATH` and a place for temporary files, and nothing else. It did not start, ended, took too long, or answered what is no list of tools.',
    in: 'words',
    wrong: 'The command is "npx files-server", in one word.',
    right: 'The command is "npx", and its argument "files-server".',
  },
} as const satisfies CatalogPart;
