import type { RequestAnswer, RequestInput } from '../../../shared/api/contract';
import { protocolPath, type ProjectDocument } from '../../../shared/design/document';
import { addImported } from '../../../shared/design/edits/import-edits';
import { failed, ok } from '../../../shared/errors/result';
import { importProtocol } from '../../../shared/protocols/import/import-protocol';

/** What a text of others comes to as a protocol of the project, and the edit that adds it. */
export function importInto(document: ProjectDocument, { kind, text, name }: Omit<RequestInput<'protocol.import'>, 'project'>): RequestAnswer<'protocol.import'> {
  const imported = importProtocol(kind, text, name);
  if ('message' in imported) return failed({ code: 'PRO050', ...imported });
  const edit = addImported(document, imported);
  if (typeof edit === 'string') return failed({ code: 'PRO051', message: edit, fix: 'Give it another name.' });
  return ok({ file: protocolPath(imported.name), protocol: imported.protocol, notes: imported.notes, names: imported.names, edit });
}
