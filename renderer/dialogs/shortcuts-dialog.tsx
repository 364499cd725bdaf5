import { listCommands } from '../commands/all-commands';
import { wordKeys } from '../commands/command';
import { selectModifier, useShell } from '../stores/shell';
import { Sheet } from './sheet';

export function ShortcutsDialog() {
  const modifier = useShell(selectModifier);
  const commands = listCommands().filter(({ keys }) => keys !== undefined);
  return (
    <Sheet title="Keyboard shortcuts" says="Everything else is in the command palette." width={480}>
      <div className="scroller" tabIndex={0}>
        <table>
          <tbody>
            {commands.map(({ id, label, keys }) => <tr key={id}><td>{label}</td><td className="num"><kbd className="kbd">{wordKeys(keys!, modifier)}</kbd></td></tr>)}
            <tr><td>Next panel</td><td className="num"><kbd className="kbd">F6</kbd></td></tr>
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
