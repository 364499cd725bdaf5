/** Folders that play with agents: prompts, cassettes, commands of tools, tests, guards and names of a stranger. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../shared/json/json';
import type { HostileFolder } from './hostile';
import { harm, type Place } from './place';

/** The small project with a model agent `clerk`, asked by nobody, which asks the scripted `brain`. */
function withClerk(place: Place, clerk: Readonly<Record<string, Json>> = {}, guards: readonly Json[] = []): void {
  place.design((design) => {
    design.nodes['brain'] = { kind: 'agent', behaviour: { type: 'scripted', rules: [{ operation: 'complete', reply: { text: 'yes' } }] }, provides: ['Model'] };
    design.nodes['clerk'] = { kind: 'agent', behaviour: { type: 'model', prompt: 'prompts/clerk.md', ...clerk }, provides: ['Greeting'], requires: { model: 'Model' } };
    design.nodes['root']!['children'] = ['screen', 'greeter', 'names', 'brain', 'clerk'];
    design.wires.push({ from: 'clerk.model', to: 'brain', guards: [...guards] });
    return design;
  });
}
const prompt = (make: (place: Place) => void) => (place: Place): void => (withClerk(place), mkdirSync(place.at('prompts')), make(place));
const withPrompt = (text: string) => (place: Place): void => (withClerk(place), place.write('prompts/clerk.md', text));
const CASSETTE = `cassettes/${'a'.repeat(64)}.json`;

export const AGENTS: readonly HostileFolder[] = [
  { name: 'a prompt that is a link to a secret', make: prompt((place) => place.link('prompts/clerk.md', join(place.targets.secret, 'key.md'))), says: [['MDL020', 'clerk', 'inside the project']] },
  { name: 'a prompt that is a pipe', make: prompt((place) => void execFileSync('mkfifo', [place.at('prompts/clerk.md')])), says: [['MDL020', 'clerk']] },
  { name: 'a prompt that is a device without an end', make: prompt((place) => place.link('prompts/clerk.md', '/dev/zero')), says: [['MDL020', 'clerk']] },
  ...['../../secret/key.md', '/etc/passwd', 'prompts/../../secret/key.md'].map((file): HostileFolder => ({ name: `a prompt at ${file}`, make: (place) => withClerk(place, { prompt: file }), says: [['MDL020', 'clerk']] })),
  { name: 'a prompt of a terabyte', make: prompt((place) => place.sparse('prompts/clerk.md', 2 ** 40)), says: [['MDL020', 'prompts/clerk.md']] },
  { name: 'a prompt that names prototypes and code', make: withPrompt('{{__proto__}} {{constructor.constructor}} {{input.__proto__.x}} {{process.env.HOME}} {{input["a"]}}'), says: [['MDL021', '__proto__'], ['MDL021', 'process.env.HOME']] },
  { name: 'a prompt of braces without an end', make: withPrompt(`${'{{'.repeat(200_000)}${' '.repeat(200_000)}`) },
  { name: 'cassettes that are a link to the secret', make: (place) => (withPrompt('a')(place), place.link('cassettes', place.targets.secret)) },
  { name: 'a cassette that is a pipe', make: (place) => (withPrompt('a')(place), mkdirSync(place.at('cassettes')), execFileSync('mkfifo', [place.at(CASSETTE)])) },
  { name: 'a cassette of a terabyte', make: (place) => (withPrompt('a')(place), place.sparse(CASSETTE, 2 ** 40)) },
  { name: 'a registry of tools and of providers of its own', make: (place) => (place.small(), ['tools.json', '.prismatic/tools.json', '.mcp.json'].forEach((file) => place.write(file, JSON.stringify({ format: 'prismatic-tools/1', servers: { files: { command: 'touch', args: [place.targets.ran] } }, mcpServers: { files: { command: 'touch', args: [place.targets.ran] } } }))), place.write('providers.json', JSON.stringify({ format: 'prismatic-providers/1', providers: { main: { kind: 'openai-compatible', baseUrl: place.targets.url, keyFrom: { env: 'HOME' } } } }))) },
  { name: 'tests that do harm as they are read', make: (place) => (place.small(), place.write('tests/greeting.ts', harm(place.targets))) },
  { name: 'a wire of 40,000 guards', make: (place) => (withClerk(place, {}, Array.from({ length: 40_000 }, () => ({ kind: 'retry', idempotent: true }))), place.write('prompts/clerk.md', 'a')), says: [['GRD009', 'retry']] },
  { name: 'bounds of a model agent that are none', make: (place) => (withClerk(place, { budget: { tokens: 1e308, usd: -1, perMs: 0 }, maxSteps: 1e9, repairs: -5, inFlight: 1e12, memory: { turns: 1e300 } }), place.write('prompts/clerk.md', 'a')), says: [['budget.tokens'], ['maxSteps'], ['inFlight'], ['memory']] },
];
