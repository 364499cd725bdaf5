/** The window: welcome page or the open design, and what floats above. */
import { useEffect } from 'react';
import { Dialogs } from './dialogs/dialogs';
import { Notices } from './shell/notices';
import { Workbench } from './shell/workbench';
import { selectOpen, useDocument } from './stores/document';
import { Welcome } from './welcome/welcome';

export function Studio() {
  const open = useDocument(selectOpen);
  useEffect(() => {
    document.title = open ? `${open.name} · Prismatic Studio` : 'Prismatic Studio';
  }, [open]);
  return (
    <>
      {open ? <Workbench /> : <Welcome />}
      <Dialogs />
      <Notices />
    </>
  );
}
