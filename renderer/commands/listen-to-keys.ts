import { useDialogs } from '../stores/dialogs';
import { shellInfo } from '../stores/shell';
import { listCommands } from './all-commands';
import { matchesKeys } from './command';

/** Keys that a text field uses for itself. */
const TEXT_KEYS: ReadonlySet<string> = new Set(['edit.undo', 'edit.redo', 'edit.cut', 'edit.copy', 'edit.paste', 'edit.delete', 'edit.duplicate']);

const isTextField = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement);

/** One listener for all keys of the window; called once. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const isDialogOpen = useDialogs.getState().dialog !== undefined;
    const isInText = isTextField(event.target);
    const isMac = shellInfo()?.modifier === 'Cmd';
    const command = listCommands().find(({ keys }) => keys !== undefined && matchesKeys(keys, event, isMac));
    if (!command || isDialogOpen) return;
    if (isInText && (TEXT_KEYS.has(command.id) || !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    if (command.refusal === undefined) command.run();
  });
}
