/** A model agent from the palette runs at once: it has a prompt, and a model to ask that works offline. */
import { describe, expect, it } from 'vitest';
import { designOf, textOfFile, type ProjectDocument } from '../../shared/design/document';
import { viewDesign } from '../../shared/design/design-view';
import { applyEdit } from '../../shared/design/edits/apply-edit';
import { copyNodes, pasteNodes } from '../../shared/design/edits/clip-edits';
import type { Edit } from '../../shared/design/edits/edit';
import { addNode, deleteNodes } from '../../shared/design/edits/node-edits';
import { setProvides } from '../../shared/design/edits/protocol-edits';
import { diagnose, inFolder } from './testing/example-folder';

const EMPTY: ProjectDocument = {
  files: {
    'design.json': { kind: 'json', value: { format: 'prismatic/1', name: 'x', root: 'root', nodes: { root: { kind: 'supervisor', children: [] } }, wires: [] } },
    'protocols/Triage.json': { kind: 'json', value: { operations: { classify: { kind: 'call', doc: 'Sorts.', input: { type: 'object', properties: { text: { type: 'string' } } }, output: { type: 'string' } } } } },
  },
};
const apply = (document: ProjectDocument, edit: Edit | undefined): ProjectDocument => {
  const applied = applyEdit(document, edit!);
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  return applied.value;
};
const check = (document: ProjectDocument): Promise<readonly string[]> =>
  inFolder(new Map(Object.entries(document.files).map(([path, file]) => [path, textOfFile(file)])), async (folder) => (await diagnose(folder)).map(({ code, message }) => `${code} ${message}`));

describe('a model agent from the palette', () => {
  const first = apply(EMPTY, addNode(EMPTY, { kind: 'model agent', parent: 'root' }).edit);

  it('comes with a prompt and a scripted model, which starts before it', async () => {
    expect(viewDesign(designOf(first)).nodes.get('root')!.children).toEqual(['model', 'assistant']);
    expect(Object.keys(first.files)).toContain('prompts/assistant.md');
    expect(await check(first)).toEqual([]);
    expect(await check(apply(first, setProvides(first, 'assistant', ['Triage'])))).toEqual([]);
  });

  it('asks the model that is there, where there is one', async () => {
    const second = apply(first, addNode(first, { kind: 'model agent', parent: 'root', index: 0 }).edit);
    const view = viewDesign(designOf(second));
    expect(view.nodes.get('root')!.children).toEqual(['assistant-2', 'model', 'assistant']);
    expect(view.wires.map(({ key }) => key)).toEqual(['assistant.model model', 'assistant-2.model model']);
    expect(await check(second)).toEqual([]);
  });

  it('takes its prompt along when it is copied, and leaves none behind when it goes', async () => {
    const pasted = apply(first, pasteNodes(first, copyNodes(first, ['assistant', 'model']), 'root')!.edit);
    expect(Object.keys(pasted.files)).toContain('prompts/assistant-2.md');
    expect(await check(pasted)).toEqual([]);
    const gone = apply(pasted, deleteNodes(pasted, ['assistant']));
    expect(Object.keys(gone.files).filter((path) => path.startsWith('prompts/'))).toEqual(['prompts/assistant-2.md']);
  });

  it('alone without a supervisor it is drawn, and told of', async () => {
    const lost = apply(EMPTY, addNode(EMPTY, { kind: 'model agent' }).edit);
    expect((await check(lost)).some((said) => said.startsWith('WIR005'))).toBe(true);
  });
});
