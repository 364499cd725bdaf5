// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { MENU_COMMANDS } from '../../shared/api/shell';
import { viewDesign } from '../../shared/design/design-view';
import { EMPTY_DOCUMENT } from '../../shared/design/document';
import { useDocument } from '../stores/document';
import { listCommands } from './all-commands';

it('every item of the menu is a command of the page', () => {
  const open = { project: 'p', handle: 'h', name: 'one', shownPath: 'one', confirmed: EMPTY_DOCUMENT, document: EMPTY_DOCUMENT, design: viewDesign({}), revision: 0, history: { edits: 0 }, pending: [], conflicts: [], unsaved: null, hasRunHere: false, otherFiles: [] };
  useDocument.setState({ open });
  const ids = listCommands().map(({ id }) => id);
  expect(MENU_COMMANDS.filter((id) => !ids.includes(id))).toEqual([]);
});
