/** A project whose agent `desk` asks agent `brain` over a guarded wire, and `brain` asks a model of the person's provider `main`. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '../main/compiler/compile';
import type { Json } from '../shared/json/json';
import { neededGrants } from '../shared/program/needed-grants';
import { Project } from './project';

/** Guards of the wire in drawn order; `spare` is a scripted `Model` that says `spare`. */
export type ModelProjectOptions = { readonly guards?: readonly Json[]; readonly brain?: Json; readonly handler?: string };

const HANDLER = `
type Llm = { complete(input: { prompt: string }): Promise<{ text: string }> }
type Self = { use: { llm: Llm } }

export const Ask = {
  async ask(input: { text: string }, self: Self): Promise<{ text: string }> {
    try {
      const { text } = await self.use.llm.complete({ prompt: input.text })
      return { text }
    } catch (error) {
      const { code, message } = error as { code: string; message: string }
      return { text: \`\${code}: \${message}\` }
    }
  },
}
`;

const ASK: Json = {
  operations: {
    ask: {
      kind: 'call',
      input: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
      output: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    },
  },
};

export class ModelProject extends Project {
  constructor({ guards = [], brain = {}, handler = HANDLER }: ModelProjectOptions = {}) {
    super('support-desk');
    for (const name of readdirSync(this.dir)) rmSync(join(this.dir, name), { recursive: true });
    for (const folder of ['protocols', 'handlers']) mkdirSync(join(this.dir, folder));
    this.write('protocols/Ask.json', JSON.stringify(ASK));
    this.write('handlers/desk.ts', handler);
    this.write(
      'design.json',
      JSON.stringify({
        format: 'prismatic/1',
        name: 'asking',
        root: 'root',
        nodes: {
          root: { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 10, children: ['brain', 'spare', 'desk'] },
          brain: { kind: 'agent', behaviour: { type: 'model', provider: 'main', model: 'm-1', inFlight: 16, ...(brain as object) }, provides: ['Model'] },
          spare: { kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: { text: 'spare' } }] }, provides: ['Model'] },
          desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' }, provides: ['Ask'], requires: { llm: 'Model' } },
        },
        wires: [{ from: 'desk.llm', to: 'brain', guards }],
      }),
    );
  }

  /** The person's providers: `main`, and what else a test wants. */
  providers(main: Json, more: Readonly<Record<string, Json>> = {}): void {
    mkdirSync(join(this.home, 'data'), { recursive: true });
    writeFileSync(join(this.home, 'data/providers.json'), JSON.stringify({ format: 'prismatic-providers/1', providers: { main, ...more } }));
  }

  /** Questions from outside, one a line. Answers the file's name. */
  inputs(texts: readonly string[], everyMs = 0): string {
    const file = join(this.home, 'in.jsonl');
    writeFileSync(file, texts.map((text, index) => JSON.stringify({ to: 'desk', protocol: 'Ask', operation: 'ask', input: { text }, atMs: index * everyMs })).join('\n'));
    return file;
  }

  /** A file with all that the program needs, changed as a test wants it. */
  async grants(change: (grants: readonly { readonly resource: Record<string, Json> }[]) => void = () => undefined): Promise<string> {
    const { program, diagnostics } = await compileProject(this.dir);
    if (!program) throw new Error(JSON.stringify(diagnostics));
    const grants = neededGrants(program).map((grant) => ({ ...grant, resource: { ...grant.resource } }));
    change(grants);
    const path = join(this.home, 'grants.json');
    writeFileSync(path, JSON.stringify({ format: 'prismatic-grants/1', program: program.hash, grants }));
    return path;
  }

  /** Bytes of every file that was left anywhere: the project, the folder for data with its runs, a journal. */
  everything(): Buffer {
    const files = (folder: string): readonly Buffer[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? files(join(folder, name)) : [readFileSync(join(folder, name))]));
    return Buffer.concat(files(this.home));
  }
}

/** What was answered, by the order of the inputs. */
export const textsIn = (lines: Lines): readonly unknown[] => repliesIn(lines).map(({ ok, output, error }) => (ok === true ? (output as { readonly text: string }).text : error));
export type Lines = readonly Readonly<Record<string, unknown>>[];
export const repliesIn = (lines: Lines): Lines => lines.filter(({ type }) => type === 'reply').toSorted((a, b) => Number(a['input']) - Number(b['input']));
export const journalOf = (file: string): Lines => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
