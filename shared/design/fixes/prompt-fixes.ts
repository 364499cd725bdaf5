/** Prompt files that are missing. */
import { viewDesign } from '../design-view';
import { designOf, findFile, type ProjectDocument } from '../document';
import { Editing } from '../edits/editing';
import { promptFor } from '../edits/new-prompt';
import { isProjectFile } from '../project-files';
import { listOperations } from '../protocol-view';
import { textOf, type Fixer, type Fixers } from './fix-value';

/** A new file with a section for each operation that its agent answers. */
const makePrompt: Fixer = ({ at, got }, document) => {
  const file = textOf(got);
  if (!isProjectFile(file) || findFile(document, file)) return [];
  const text = (now: ProjectDocument): string => promptFor((viewDesign(designOf(now)).nodes.get(at.node ?? '')?.provides ?? []).flatMap((protocol) => listOperations(now, protocol)));
  return [{
    label: `Make ${file}`,
    make: (now) => {
      const editing = new Editing(now);
      if (findFile(now, file)) return undefined;
      editing.file(file, { kind: 'text', text: text(now) });
      return editing.finish(`make ${file}`);
    },
  }];
};

export const promptFixes: Fixers = { MDL020: makePrompt };
