import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { closeDialog } from '../stores/dialogs';

type SheetProps = { readonly title: string; readonly says?: string; readonly width?: number; readonly children: ReactNode; readonly buttons?: ReactNode; /** Something is typed and not saved: a click beside the dialog does not throw it away. */ readonly isUnsaved?: boolean };

/** A dialog: title, one sentence, content, buttons. Esc and a click outside close it. */
export function Sheet({ title, says, width = 480, children, buttons, isUnsaved = false }: SheetProps) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="sheet" style={{ width }} onInteractOutside={(event) => isUnsaved && event.preventDefault()} {...(says === undefined ? { 'aria-describedby': undefined } : {})}>
          <header className="sheet-head">
            <Dialog.Title>{title}</Dialog.Title>
          </header>
          {says !== undefined && <Dialog.Description className="sheet-says">{says}</Dialog.Description>}
          <div className="sheet-body">{children}</div>
          {buttons && <footer className="sheet-foot">{buttons}</footer>}
          {/* Last, so that a dialog begins at its first field; its place is the corner. */}
          <Dialog.Close className="b ic sheet-close" aria-label="Close"><X size={14} /></Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
