/** What nobody uses. */
import { deleteProtocol } from '../edits/protocol-edits';
import { textOf, type Fixer, type Fixers } from './fix-value';

const deleteFile: Fixer = ({ got }) => [{ label: `Delete ${textOf(got)}.json`, make: (document) => deleteProtocol(document, textOf(got)) }];

export const usesFixes: Fixers = { PRO018: deleteFile };
