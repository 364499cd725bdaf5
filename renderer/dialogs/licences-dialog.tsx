import { useEffect, useState } from 'react';
import { api } from '../api/studio';
import { Sheet } from './sheet';

export function LicencesDialog() {
  const [text, setText] = useState<string>();
  useEffect(() => {
    void api.request('shell.licences', {}).then(setText);
  }, []);
  return (
    <Sheet title="Licences" says="Prismatic Studio is free software under the Apache License 2.0. It stands on the work of others:" width={720}>
      <pre className="scroller m" tabIndex={0}>{text ?? 'Reading…'}</pre>
    </Sheet>
  );
}
