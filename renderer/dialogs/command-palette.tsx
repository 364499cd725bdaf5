import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { listCommands } from '../commands/all-commands';
import { findCommands, wordKeys, type Command } from '../commands/command';
import { closeDialog } from '../stores/dialogs';
import { selectModifier, useShell } from '../stores/shell';

const MOST_SHOWN = 60;

/** Everything a person can do, found by words (look.md section 6). */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const all = useMemo(() => listCommands(), []);
  const found = useMemo(() => findCommands(all, query).slice(0, MOST_SHOWN), [all, query]);
  const list = useRef<HTMLUListElement>(null);
  const choose = (command: Command | undefined): void => {
    if (!command || command.refusal !== undefined) return;
    closeDialog();
    command.run();
  };
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(found.length - 1, to));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) move(active + step);
    else if (event.key === 'Enter') choose(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="commands" aria-describedby={undefined} onKeyDown={press}>
          <Dialog.Title className="unseen">Command palette</Dialog.Title>
          <div className="commands-find">
            <Search size={15} aria-hidden="true" />
            <input autoFocus role="combobox" aria-label="Find a command" aria-expanded="true" aria-controls="commands-list" aria-activedescendant={found[active] ? `command-${active}` : undefined} placeholder="Do anything" value={query} onChange={(event) => { setQuery(event.target.value); setActive(0); }} />
          </div>
          <ul ref={list} id="commands-list" role="listbox" aria-label="Commands" className="commands-list">
            {found.map((command, index) => (
              <CommandRow key={command.id} command={command} id={`command-${index}`} isActive={index === active} query={query} onChoose={() => choose(command)} onHover={() => setActive(index)} />
            ))}
            {found.length === 0 && <li className="empty">No command has “{query}” in its name.</li>}
          </ul>
          <footer className="commands-foot"><span>{found.length} of {all.length} actions</span></footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type RowProps = { readonly command: Command; readonly id: string; readonly isActive: boolean; readonly query: string; readonly onChoose: () => void; readonly onHover: () => void };

function CommandRow({ command, id, isActive, query, onChoose, onHover }: RowProps) {
  const modifier = useShell(selectModifier);
  const { icon: Icon, label, place, keys, refusal } = command;
  return (
    <li id={id} role="option" aria-selected={isActive} aria-disabled={refusal !== undefined} className={`command${isActive ? ' sel' : ''}${refusal === undefined ? '' : ' off'}`} onClick={onChoose} onPointerMove={onHover}>
      <span className="command-icon">{Icon && <Icon size={14} aria-hidden="true" />}</span>
      <span className="t"><Matched label={label} query={query} /></span>
      <span className="x">{refusal ?? place}</span>
      {keys && <kbd className="kbd">{wordKeys(keys, modifier)}</kbd>}
    </li>
  );
}

/** The first word of the query underlined where it stands. */
function Matched({ label, query }: { readonly label: string; readonly query: string }) {
  const [word] = query.trim().split(/\s+/);
  const at = word ? label.toLowerCase().indexOf(word.toLowerCase()) : -1;
  if (!word || at < 0) return <>{label}</>;
  return <>{label.slice(0, at)}<u>{label.slice(at, at + word.length)}</u>{label.slice(at + word.length)}</>;
}
