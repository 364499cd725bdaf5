import { Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { WireView } from '../../../shared/design/design-view';
import { addGuard } from '../../../shared/design/edits/guard-edits';
import { GUARD_KINDS } from '../../../shared/design/guard-kinds';
import { GuardIcon } from '../../glyphs/guard-icon';
import { documentNow, edit } from '../../stores/document';
import { GUARD_WORDS } from '../../words/guard-words';

/** A menu of all kinds, each with one line of what it does. */
export function AddGuard({ wire }: { readonly wire: WireView }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild><button type="button" className="b small"><Plus size={12} aria-hidden="true" />Add guard</button></DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu guards-menu" align="start" collisionPadding={8} aria-label="Add guard">
          {GUARD_KINDS.map((kind) => (
            <DropdownMenu.Item key={kind} className="two-lines" aria-label={GUARD_WORDS[kind].title} aria-description={GUARD_WORDS[kind].says} onSelect={() => void edit(addGuard(documentNow(), wire.index, kind))}>
              <GuardIcon kind={kind} size={14} />
              <span><b>{GUARD_WORDS[kind].title}</b><span className="dim">{GUARD_WORDS[kind].says}</span></span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
