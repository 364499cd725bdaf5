/**
 * The studio core's projects in a process of its own, which edits without end until it is killed. Edit n says n in three files. It
 * writes a line `ack n` after each acknowledgement; whoever reads the pipe has it, also when the process is killed right after.
 */
import { writeSync } from 'node:fs';
import type { ProjectSnapshot } from '../../shared/api/project';
import { findText, layoutOf, designOf } from '../../shared/design/document';
import type { Change } from '../../shared/design/edits/edit';
import { realWorld } from '../../main/core/core-world';
import type { Client } from '../../main/core/studio/context';
import { Handles } from '../../main/core/studio/handles';
import { openProjects } from '../../main/core/studio/project-requests';

const [dataDir = '', dir = '', mode = 'edit'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const client: Client = { id: 'w', emit: () => undefined };
const handles = new Handles('e2e');
const projects = await openProjects({ dataDir, world: realWorld, shell: { kind: 'window' }, version: '0', handles, emitToProject: () => undefined, watchers: new Map(), designsDir: dir });
const { handlers } = projects;

const numberIn = ({ document }: ProjectSnapshot): number => Number(designOf(document)['count'] ?? 0);

/** Edit n, from what the document says. */
function changesOf(n: number, { document }: Pick<ProjectSnapshot, 'document'>): readonly Change[] {
  const text = findText(document, 'handlers/greeter.ts') ?? '';
  const isFirst = n === 1 && designOf(document)['count'] === undefined;
  return [
    { kind: 'set', file: 'design.json', path: ['count'], after: n, ...(isFirst ? {} : { before: n - 1 }) },
    { kind: 'text', file: 'handlers/greeter.ts', offset: text.length, removed: '', inserted: `// ${n}\n` },
    { kind: 'set', file: 'layout.json', path: ['count'], after: n, ...(isFirst ? {} : { before: n - 1 }) },
  ];
}

async function open(): Promise<ProjectSnapshot> {
  const opened = await handlers['project.open']({ handle: handles.give(dir) }, client);
  if (opened.ok) return opened.value;
  say(`refused ${JSON.stringify(opened.error)}`);
  process.exit(3);
}

async function editWithoutEnd(snapshot: ProjectSnapshot): Promise<void> {
  const { project } = snapshot;
  let n = numberIn(snapshot);
  let length = findText(snapshot.document, 'handlers/greeter.ts')?.length ?? 0;
  if (findText(snapshot.document, 'layout.json') === undefined) await handlers['project.edit']({ project, edit: { label: 'layout', changes: [{ kind: 'file', file: 'layout.json', after: { kind: 'json', value: {} } }] }, origin: 'l', number: 1 }, client);
  for (let number = 1; ; ) {
    // A few at once, as they come in one turn.
    const burst = Array.from({ length: 1 + (number % 3) }, () => {
      n += 1;
      const changes = changesOf(n, snapshot).map((change): Change => (change.kind === 'text' ? { ...change, offset: length } : change));
      length += `// ${n}\n`.length;
      const mine = n;
      return Promise.resolve(handlers['project.edit']({ project, edit: { label: `edit ${mine}`, changes }, origin: 'w', number: number++ }, client)).then((answer) => {
        if (!answer.ok) throw new Error(JSON.stringify(answer.error));
        say(`ack ${mine}`);
      });
    });
    await Promise.all(burst);
  }
}

/** Says what is there after a restart; then undoes it all, brings it back, and says whether both ends are as they were. */
async function tell({ project, document }: ProjectSnapshot): Promise<void> {
  const number = numberIn({ document } as ProjectSnapshot);
  const flushed = await projects.find(project)!.flush();
  say(`found ${JSON.stringify({ number, flushed: flushed.ok, layout: layoutOf(document)['count'] ?? 0, name: designOf(document)['name'] })}`);
  if (mode === 'undo') {
    let steps = 0;
    while ((await handlers['project.undo']({ project }, client)).ok) steps += 1;
    await projects.find(project)!.flush();
    say(`undone ${steps}`);
  }
  await projects.close();
}

const snapshot = await open();
say(`open ${numberIn(snapshot)}`);
if (mode === 'edit') await editWithoutEnd(snapshot);
else if (mode === 'hold') setInterval(() => undefined, 1000);
else await tell(snapshot);
