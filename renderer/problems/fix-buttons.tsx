import '../zod-without-code';
import { useMemo } from 'react';
import { listFixes, type Fix } from '../../shared/design/fixes/fix';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { documentNow, edit, selectDocument, useDocument } from '../stores/document';

/** What mends a problem at one click; each is one edit, so Undo brings the problem back. */
export function FixButtons({ problem, most = 2 }: { readonly problem: Diagnostic; readonly most?: number }) {
  const document = useDocument(selectDocument);
  const fixes = useMemo(() => listFixes(problem, document).slice(0, most), [problem, document, most]);
  if (fixes.length === 0) return null;
  return (
    <span className="fixes">
      {fixes.map((fix) => <button key={fix.label} type="button" className="link" onClick={() => applyFix(fix)}>{fix.label}</button>)}
    </span>
  );
}

/** Made anew on what the document is by now. */
export const applyFix = (fix: Fix): void => void edit(fix.make(documentNow()));
