/** Protocols from outside as files of the project. */
import { protocolNamesOf, protocolPath, type ProjectDocument } from '../document';
import { PROTOCOL_NAME } from '../../ids';
import type { Imported } from '../../protocols/import/imported';
import type { Edit } from './edit';
import { Editing } from './editing';

/** Adds the file; says why not where its name is taken or none. */
export function addImported(document: ProjectDocument, { name, protocol }: Pick<Imported, 'name' | 'protocol'>): Edit | string {
  if (!PROTOCOL_NAME.test(name)) return 'a protocol has letters and digits, and begins with a capital';
  if (protocolNamesOf(document).includes(name)) return `there is a protocol ${name} already`;
  const editing = new Editing(document);
  editing.file(protocolPath(name), { kind: 'json', value: protocol });
  return editing.finish(`import protocol ${name}`)!;
}
