import type { Diagnostic } from '../../errors/diagnostic';
import type { ProjectDocument } from '../document';
import type { Edit } from '../edits/edit';

export type Fix = {
  /** A verb and what it does, as the button says it: `Write 1`. */
  readonly label: string;
  /** Made on the document as it is when the button is pressed; words or nothing where it does not fit any more. */
  readonly make: (document: ProjectDocument) => Edit | string | undefined;
};
export type Fixer = (problem: Diagnostic, document: ProjectDocument) => readonly Fix[];
export type Fixers = { readonly [code: string]: Fixer };

export const textOf = (got: unknown): string => (typeof got === 'string' ? got : '');
