/** The page. */
import './trusted-types';
import { createRoot } from 'react-dom/client';
import { useEffect, useState } from 'react';
import type { ShellInfo } from '../shared/api/shell';
import { connect } from './api/client';
import type { ConnectionStatus } from './api/transport';
import './main.css';

const studio = connect();

function Connection() {
  const [status, setStatus] = useState<ConnectionStatus>({ kind: 'connecting' });
  const [info, setInfo] = useState<ShellInfo>();
  useEffect(() => studio.onStatus(setStatus), []);
  useEffect(() => {
    if (status.kind === 'connected') void studio.request('shell.info', {}).then(setInfo);
  }, [status.kind]);
  return (
    <main>
      <h1>Prismatic Studio</h1>
      <p role="status" aria-label="Connection">{status.kind === 'refused' ? status.why : status.kind}</p>
      {info && <p aria-label="Version">{`${info.version}, in a ${info.kind}`}</p>}
    </main>
  );
}

createRoot(document.getElementById('root')!).render(<Connection />);
