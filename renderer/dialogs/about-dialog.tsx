import { openDialog } from '../stores/dialogs';
import { shellInfo } from '../stores/shell';
import { Sheet } from './sheet';

/** What this is, in which version, and on which terms. */
export function AboutDialog() {
  const info = shellInfo();
  return (
    <Sheet title="Prismatic Studio" says="Draw fault-tolerant multi-agent systems, run them, break them on purpose." width={440} buttons={<button type="button" className="b out" onClick={() => openDialog({ kind: 'licences' })}>Licences</button>}>
      <dl className="facts">
        <dt>Version</dt><dd>{info?.version}</dd>
        <dt>Runs on</dt><dd>{info?.platform}, {info?.kind === 'window' ? 'in a window' : 'in a browser'}</dd>
        <dt>Licence</dt><dd>Apache-2.0</dd>
      </dl>
    </Sheet>
  );
}
