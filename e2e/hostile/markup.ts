/** Folders whose harm would be done in the page: markup, scripts, links and huge or misleading words wherever a page shows some. */
import type { Json } from '../../shared/json/json';
import type { HostileFolder } from './hostile';
import type { Place } from './place';

/** A page in which one of these ran has this in its window. */
export const RAN_IN_PAGE = 'hostileRan';
const run = `window.${RAN_IN_PAGE}=1;alert(1)`;
export const scripts = (url: string): readonly string[] => [
  `<script>${run}</script>`,
  `"><img src=x onerror="${run}">`,
  `<svg onload="${run}"><use href="${url}/x.svg#x"/></svg>`,
  `<iframe srcdoc="<script>${run}</script>"></iframe>`,
  `<a href="javascript:${run}">here</a>`,
  `<style>@import url(${url}/style.css); * { display: none !important }</style>`,
  `<link rel="stylesheet" href="${url}/l.css"><base href="${url}/"><meta http-equiv="refresh" content="0;url=${url}/">`,
  `<math><mtext><table><mglyph><style><img src onerror="${run}">`,
  `{{constructor.constructor('${run}')()}} \${${run}} <%= ${run} %>`,
  `[here](javascript:${run}) ![image](${url}/image.png) [ref]: ${url}`,
  `javascript:${run}`,
  `url(${url}/a.png) expression(${run})`,
];
const all = (url: string): string => scripts(url).join(' ');
const TURNED = 'invoice\u202egnp.exe \u2066\u2067\u200b\u200e\ufeff \u0000\u0007\u001b[31m';
const LONG = 'W'.repeat(100_000);

/** The small project with these words on everything that has any. */
function sayEverywhere(place: Place, words: readonly string[]): void {
  const [first] = words;
  place.design((design) => {
    for (const [index, one] of Object.values(design.nodes).entries()) Object.assign(one, { title: words[index % words.length], description: words.join(' '), doc: words.join('\n'), icon: first, note: { text: words.join(' ') } });
    return { ...design, name: first, description: words.join(' '), notes: words as Json };
  });
  const operation = { kind: 'call', doc: words.join(' '), input: { type: 'object', title: first, description: words.join(' '), properties: { line: { type: 'integer' }, text: { type: 'string', description: first, enum: words, default: first } }, required: ['line', 'text'] }, output: { type: 'object', properties: { greeting: { type: 'string' } } } };
  place.write('protocols/Greeting.json', JSON.stringify({ doc: words.join(' '), operations: { greet: { ...operation, example: { line: 1, text: first } } } }));
  place.write('README.md', words.join('\n\n'));
  place.write('prompts/greeter.md', words.join('\n\n'));
  place.write('handlers/greeter.ts', `// ${words.join('\n// ').replace(/[\r\u2028\u2029]/g, '')}\nexport const Greeting = { greet: (input) => input };\n`);
  place.write('layout.json', JSON.stringify({ tree: { greeter: { x: 0, y: 0, label: first } }, theme: first }));
  place.write('scenarios/outage.json', JSON.stringify({ format: 'prismatic-scenario/1', title: first, load: [], faults: [], expectations: [] }));
}

export const MARKUP: readonly HostileFolder[] = [
  { name: 'scripts in titles, descriptions, schemas, prompts and the README', make: (place) => sayEverywhere(place, scripts(place.targets.url)) },
  { name: 'scripts in ids, ports, protocols and wires', make: (place) => place.design((design) => {
    const words = scripts(place.targets.url);
    for (const [index, word] of words.entries()) design.nodes[word] = { ...design.nodes['greeter']!, requires: { [word]: word }, provides: [word], kind: index % 3 === 0 ? word : 'agent' };
    return { ...design, nodes: { ...design.nodes, root: { ...design.nodes['root'], children: ['screen', 'greeter', 'names', ...words] } }, wires: [...design.wires, ...words.map((word) => ({ from: `${word}.${word}`, to: word, guards: [{ kind: word }] }))] };
  }), says: [['DES002', '<script>']] },
  { name: 'scripts in the names of files', make: (place) => (place.small(), scripts('x').map((word) => word.replaceAll('/', '\u2215').slice(0, 80)).forEach((word) => ['handlers', 'prompts', 'protocols', 'scenarios', 'data'].forEach((folder) => place.write(`${folder}/${word}.${folder === 'prompts' ? 'md' : folder === 'handlers' ? 'ts' : 'json'}`, 'x')))), lists: [] },
  { name: 'scripts in faulty values and keys', make: (place) => place.design((design) => ({ ...design, [all(place.targets.url)]: 1, nodes: { ...design.nodes, greeter: { ...design.nodes['greeter'], [all(place.targets.url)]: all(place.targets.url), restart: all(place.targets.url), mailbox: all(place.targets.url), behaviour: { type: all(place.targets.url), file: all(place.targets.url) } } } })), says: [['restart', '<script>'], ['DES010', '<script>']] },
  { name: 'words that turn round and signs that are not seen', make: (place) => sayEverywhere(place, [TURNED]) },
  { name: 'words of 100,000 letters', make: (place) => sayEverywhere(place, [LONG]) },
  { name: 'letters with 10,000 marks each', make: (place) => sayEverywhere(place, [`Z${'\u0335\u0321\u0322\u0489'.repeat(2_500)}`]) },
  { name: 'an error message made of a design', make: (place) => (place.small(), place.write('design.json', `{"format": ${JSON.stringify(all(place.targets.url))}}`)), says: [['PRJ012', '<script>']] },
  { name: 'a file that is no JSON but markup', make: (place) => (place.small(), place.write('design.json', `<html>${all(place.targets.url)}</html>`)), says: [['PRJ003', 'design.json']] },
];
