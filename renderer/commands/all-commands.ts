import { openDialog } from '../stores/dialogs';
import type { Command } from './command';
import { listEditCommands } from './edit-commands';
import { listFileCommands } from './file-commands';
import { listRunCommands } from './run-commands';
import { listViewCommands } from './view-commands';

/** Everything that can be done now or could be, in the order of the empty palette: what fits the selection first. */
export function listCommands(): readonly Command[] {
  return [...listRunCommands(), ...listEditCommands(), ...listFileCommands(), ...listViewCommands(), { id: 'view.commands', label: 'Command palette', keys: 'Mod+K', run: () => openDialog({ kind: 'commands' }) }];
}

export function runCommandById(id: string): void {
  const command = listCommands().find((one) => one.id === id);
  if (command && command.refusal === undefined) command.run();
}
