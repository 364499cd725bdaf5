/** The files of `tests/`: parsed and linked like handlers, which run in the same sandbox, and looked at for what would be run of them. Never run. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { providedBy } from '../../shared/design/nodes/provided';
import type { TestFile } from '../../shared/tests/test-plan';
import type { CheckMemory } from './check-memory';
import { linkHandler } from './handler-module';
import { suggest, type Problems } from './problems';
import type { ReadDesign } from './read-design';
import type { Protocols } from './resolved-wire';

const FOLDER = 'tests';

/** `provided`: protocols that have a provider. Absent where that is not known for sure. */
export type TestNames = { readonly known: readonly string[]; readonly provided?: ReadonlySet<string> | undefined };
type Project = { readonly dir: string; readonly memory: CheckMemory };

export function checkTests(project: Project, design: ReadDesign, protocols: Protocols, problems: Problems): void {
  readTestFiles(project, { known: [...protocols.keys()], provided: providedIn(design, protocols) }, problems);
}

/** A node that could not be read may provide anything. */
function providedIn({ nodes, unread, notRun }: ReadDesign, protocols: Protocols): ReadonlySet<string> | undefined {
  if (unread.size > 0 || notRun.size > 0) return undefined;
  const spoken = [...nodes.values()].flatMap((node) => [...providedBy(node)]);
  return new Set([...spoken, ...spoken.flatMap((name) => protocols.get(name)?.extends ?? [])]);
}

/** In order of their names. What could not be read is not among them. */
export function readTestFiles(project: Project, names: TestNames, problems: Problems): readonly TestFile[] {
  return testFilesOf(project.dir).flatMap((file) => readTestFile(file, project, names, problems) ?? []);
}

/** What lies deeper is for them to import. */
function testFilesOf(dir: string): readonly string[] {
  try {
    return readdirSync(join(dir, FOLDER)).filter((name) => name.endsWith('.ts')).toSorted().map((name) => `${FOLDER}/${name}`);
  } catch {
    return [];
  }
}

function readTestFile(file: string, { dir, memory }: Project, { known, provided }: TestNames, problems: Problems): TestFile | undefined {
  const linked = linkHandler(file, { file }, { projectDir: dir, memory, problems });
  if (!linked) return undefined;
  const groups: { protocol: string; tests: readonly string[] }[] = [];
  for (const [protocol, tests] of linked.exports) {
    const at = { file, ...linked.placeOf(protocol) };
    if (!known.includes(protocol)) problems.add({ code: 'TST001', at, got: protocol, message: `${file} exports ${protocol}, which is no protocol of this design`, fix: suggest(protocol, known, `Export tests under the name of a protocol: ${known.join(', ')}.`) });
    else if (!tests) problems.add({ code: 'TST002', at, got: protocol, message: `which tests ${protocol} in ${file} has can only be told by running it`, fix: `Write "export const ${protocol} = { async 'what holds'(t) { ... } }".` });
    else {
      if (tests.size === 0) problems.add({ code: 'TST003', at, got: protocol, message: `${protocol} in ${file} has no test`, fix: `Write "export const ${protocol} = { async 'what holds'(t) { ... } }".` });
      else if (provided && !provided.has(protocol)) problems.add({ code: 'TST003', at, got: protocol, message: `no node provides ${protocol}, so nobody is held to its tests`, fix: 'Let a node provide it, or delete them.' });
      groups.push({ protocol, tests: [...tests.keys()] });
    }
  }
  if (linked.exports.size === 0) problems.add({ code: 'TST001', at: { file, line: 1 }, message: `${file} exports no tests`, fix: `Write "export const ${[...(provided ?? known)][0] ?? 'Triage'} = { async 'what holds'(t) { ... } }".` });
  const { body, exported } = linked;
  return { file, body, exported, groups };
}
