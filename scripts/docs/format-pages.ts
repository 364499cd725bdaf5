/** docs/formats: a page for each file format, its tables read off the schemas that the program itself checks files with. */
import { z } from 'zod';
import { designFile } from '../../shared/design/design';
import { expectation } from '../../shared/design/expectation';
import { grant, grantsFile } from '../../shared/design/grants';
import { adaptedOperation, adapter } from '../../shared/design/adapter';
import { GUARD_KINDS, guardSchemas } from '../../shared/design/guard';
import { layoutFile } from '../../shared/design/layout';
import { agentNode, scriptedRule } from '../../shared/design/nodes/agent';
import { LATER_NODE_KINDS } from '../../shared/design/nodes/node';
import { routerNode } from '../../shared/design/nodes/router';
import { sinkNode } from '../../shared/design/nodes/sink';
import { sourceNode } from '../../shared/design/nodes/source';
import { toolNode } from '../../shared/design/nodes/tool';
import { supervisorNode } from '../../shared/design/nodes/supervisor';
import { timerNode } from '../../shared/design/nodes/timer';
import { operation, protocolFile } from '../../shared/design/protocol';
import { fault, loadLine, scenarioFile } from '../../shared/design/scenario';
import { wire } from '../../shared/design/wire';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import { journalEvent, journalHeader, journalPlace } from '../../shared/journal/record-schema';
import { mock, mockFault, recordedAnswer } from '../../shared/run/mock';
import { SUBSET } from '../../main/compiler/read-schema';
import { MADE } from './made';
import { peel, rowsOf, table, type Fields, type Row } from './schema-table';

const NODES = { supervisor: supervisorNode, agent: agentNode, router: routerNode, source: sourceNode, sink: sinkNode, timer: timerNode, tool: toolNode };
const KIND_WORDS: Readonly<Record<keyof typeof NODES, string>> = {
  supervisor: 'Starts, stops and restarts its children. Words and defaults are those of Erlang/OTP.',
  agent: 'A process with a mailbox and a state of its own, which answers its protocols one message at a time.',
  router: 'Hands each message on to one of the nodes wired to its port `out`.',
  source: 'Brings items from outside, a bounded number at a time, each as one call over its port `out`.',
  sink: 'What it receives leaves the run. Its answer acknowledges.',
  tool: 'An MCP server of whoever runs the design, as a provider of protocols.',
  timer: 'Calls `{tick}` over its port `out` every so often.',
};

const TEMPLATES = `A template is JSON that says what to build; it ends for every value and runs no code.

| template | builds |
| --- | --- |
| \`"text"\`, \`7\`, \`true\`, \`null\`, lists, objects | itself, with the templates in it built |
| \`"{{input.name}} asks"\` | the text, with values written in; what is missing is nothing |
| \`{ "$": "input.ticket.text" }\` | the value at that place, as it is; \`"default"\` stands in where it is missing |
| \`{ "$concat": [..] }\` | the texts of all of them, one after the other |
| \`{ "$join": { "of": "input.tags", "with": ", " } }\` | the texts of a list as one text |
| \`{ "$merge": [..] }\` | one object with the fields of all of them; the last one wins |
| \`{ "$map": { "of": "input.messages", "as": .. } }\` | a list: \`as\` built for each \`item\` (and its \`index\`); a \`$map\` inside another begins at \`item\` |
| \`{ "$match": { "of": "input.size", "cases": { "small": .. }, "else": .. } }\` | the case of that text, number or boolean |
| \`{ "$literal": .. }\` | what stands there, whatever it looks like |

A template whose value is missing is left out of the object or list in which it stands; alone it is \`null\`.`;

const example = (text: string): string => `\`\`\`json\n${text.trimEnd()}\n\`\`\`\n`;
const section = (title: string, words: string, rows: readonly Row[]): string => [`## ${title}\n`, ...(words === '' ? [] : [`${words}\n`]), table(rows)].join('\n');
const page = (title: string, ...parts: readonly string[]): string => [`# ${title}\n`, MADE, ...parts].join('\n');

/** The members of a union of objects, each by its tag. */
function membersOf(schema: z.ZodType): readonly (readonly [string, Fields])[] {
  const { inner } = peel(schema);
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return [];
  const tag = inner.def.discriminator;
  return (inner.options as readonly Fields[]).map((option) => [String(([...(option.shape[tag] as z.ZodLiteral).values] as readonly unknown[])[0]), option] as const);
}

/** A node's own table, and one for each of its behaviours. */
function nodeSection(kind: keyof typeof NODES): string {
  const schema: Fields = NODES[kind];
  const behaviours = membersOf((schema.shape as Readonly<Record<string, z.ZodType>>)['behaviour'] ?? z.json());
  const tables = behaviours.map(([type, member]) => [`Behaviour \`${type}\`:\n`, table(rowsOf(member)), ...ruleTable(member)].join('\n'));
  return [section(`Kind ${kind}`, KIND_WORDS[kind], rowsOf(schema)), ...tables].join('\n');
}

/** The rules of a scripted agent are objects in a list, with fields of their own. */
function ruleTable(member: Fields): readonly string[] {
  const rules = (member.shape as Readonly<Record<string, z.ZodType>>)['rules'];
  return rules instanceof z.ZodArray ? ['A rule:\n', table(rowsOf(rules.element as Fields))] : [];
}

const design = (): string =>
  page(
    'design.json, format `prismatic/1`',
    'The nodes and wires of a project. UTF-8, strict JSON: no key twice, at most 64 levels and 20 MiB. Fields that a version does not know are kept through every edit, have no effect, and are reported (DES010).\n',
    example(EXAMPLE_PROJECT['design.json']!),
    section('The file', 'At most 10,000 nodes.', rowsOf(designFile)),
    ...(Object.keys(NODES) as (keyof typeof NODES)[]).map(nodeSection),
    `Kinds that the format names and this version does not run: ${[...LATER_NODE_KINDS].map((kind) => `\`${kind}\``).join(', ')}.\n`,
    section('A wire', 'From a port to a node that provides the port’s protocol. Supervision is only in `children`, never in wires.', rowsOf(wire)),
    section('An adapter', 'How a wire ends at a node that provides another protocol than its port requires. It stands inside the guards, next to the node: guards see the calls and failures of the port’s protocol.', rowsOf(adapter)),
    section('An adapted operation', TEMPLATES, rowsOf(adaptedOperation)),
    ...GUARD_KINDS.map((kind) => section(`Guard ${kind}`, '', rowsOf(guardSchemas[kind]))),
  );

const protocol = (): string =>
  page(
    'A protocol, `protocols/<Name>.json`',
    'What nodes say to each other. The name is that of the file: letters and digits, beginning with a capital. `Model` is built in.\n',
    example(EXAMPLE_PROJECT['protocols/Triage.json']!),
    section('The file', '', rowsOf(protocolFile)),
    section('An operation', 'Its name has letters and digits and begins with a small letter; it is not `init`, `terminate` or `default`.', rowsOf(operation)),
    `## A schema\n\nJSON Schema, a stated subset: ${SUBSET}. A \`$ref\` names a definition of the project, \`#/definitions/x\` or \`Other.json#/definitions/x\`, and does not lead back to itself. Values are checked at the door of every provider.\n`,
  );

const scenario = (): string =>
  page(
    'A scenario, `scenarios/<name>.json`, format `prismatic-scenario/1`',
    'Load, faults and expectations of a simulated run. `simulate` takes `default.json` where none is named.\n',
    example(EXAMPLE_PROJECT['scenarios/default.json']!),
    section('The file', '', rowsOf(scenarioFile)),
    section('A line of the load', 'The same shape as a line of `run --input`.', rowsOf(loadLine)),
    ...membersOf(fault).map(([kind, member]) => section(`Fault ${kind}`, '', rowsOf(member))),
    ...membersOf(expectation).map(([kind, member]) => section(`Expectation ${kind}`, '', rowsOf(member))),
  );

const grants = (): string =>
  page(
    'Grants, format `prismatic-grants/1`',
    'What a person allows one program to reach beyond its project and its output folder. A field that is not known is refused.\n',
    example(`{ "format": "prismatic-grants/1", "program": "sha256:...", "grants": [{ "node": "tickets", "kind": "file.read", "resource": { "path": "/var/spool/tickets.jsonl" } }] }`),
    section('The file', '', rowsOf(grantsFile)),
    section('A grant', '', rowsOf(grant)),
  );

const mockPage = (): string =>
  page(
    'A mock, format `prismatic-mock/1`',
    'What stands in for a node in one run: `prismatic run <project> --mock brain=answers.json`, `simulate` too, the menu of a node in the app, and `mocks` of a scenario. A file may also be a bare list of rules, or of recorded answers, each with its `operation` and `input`. A mocked run has a hash of its own, and its journal says what was mocked.\n',
    example(`{ "format": "prismatic-mock/1", "kind": "faults", "faults": [{ "kind": "error", "code": "overloaded", "rate": 0.2 }, { "kind": "delay", "ms": 800, "rate": 0.5 }], "answers": { "kind": "scripted", "rules": [{ "reply": { "text": "yes" } }] } }`),
    ...membersOf(mock).map(([kind, member]) => section(`Kind ${kind}`, '', rowsOf(member))),
    section('A rule', 'As of a scripted agent.', rowsOf(scriptedRule)),
    section('A recorded answer', '', rowsOf(recordedAnswer)),
    ...membersOf(mockFault).map(([kind, member]) => section(`Fault ${kind}`, '', rowsOf(member))),
  );

const layout = (): string =>
  page(
    'layout.json, format `prismatic-layout/1`',
    'Where nodes stand in each view. It never changes what a design means, and it may be missing: the nodes are then laid out anew.\n',
    example(`{ "format": "prismatic-layout/1", "views": { "tree": { "desk": { "x": 0, "y": 80 } } } }`),
    section('The file', '', rowsOf(layoutFile)),
  );

const journal = (): string =>
  page(
    'The journal, format `prismatic-journal/1`',
    'What happened in a run, as JSON lines (`--journal`): a header, then records in one order. A value of more than 64 KiB stands in `<journal>.blobs/`, named by its hash.\n',
    section('The header', 'The first line.', rowsOf(journalHeader)),
    section('Every record', '', rowsOf(journalPlace)),
    ...membersOf(journalEvent).map(([type, member]) => {
      const rows = rowsOf(member);
      return [`## ${type}\n`, `${rows.find(({ field }) => field === 'type')!.meaning}\n`, table(rows.filter(({ field }) => field !== 'type'))].join('\n');
    }),
  );

/** Path from the top of the checkout -> text. */
export function formatPages(): ReadonlyMap<string, string> {
  const pages = { design, protocol, scenario, grants, layout, journal, mock: mockPage };
  const list = Object.entries(pages).map(([name, make]) => [`docs/formats/${name}.md`, make()] as const);
  const index = page('File formats', 'Made from the schemas that the program itself checks files with.\n', `${list.map(([path, text]) => `- [${text.slice(2, text.indexOf('\n'))}](${path.slice('docs/formats/'.length)})`).join('\n')}\n`);
  return new Map([['docs/formats/README.md', index], ...list]);
}
