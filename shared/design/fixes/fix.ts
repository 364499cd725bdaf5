/**
 * What mends a problem at one click: code, diagnostic and document in, edits out. Pure; who shows the problem makes the edit.
 * A fix that does not fit the document any more is not offered.
 */
import type { Diagnostic } from '../../errors/diagnostic';
import type { ProjectDocument } from '../document';
import type { Fix, Fixer } from './fix-value';
import { fieldFixes } from './field-fixes';
import { guardFixes } from './guard-fixes';
import { usesFixes } from './uses-fixes';
import { handlerFixes } from './handler-fixes';
import { nameFixes } from './name-fixes';
import { promptFixes } from './prompt-fixes';
import { protocolFixes } from './protocol-fixes';
import { ruleFixes } from './rule-fixes';
import { schemaFixes } from './schema-fixes';
import { supervisionFixes } from './supervision-fixes';
import { treeFixes } from './tree-fixes';
import { wireFixes } from './wire-fixes';

export type { Fix } from './fix-value';

const fixers: ReadonlyMap<string, Fixer> = new Map(Object.entries({ ...fieldFixes, ...treeFixes, ...supervisionFixes, ...wireFixes, ...protocolFixes, ...schemaFixes, ...nameFixes, ...handlerFixes, ...promptFixes, ...ruleFixes, ...guardFixes, ...usesFixes }));

export const FIXED_CODES: readonly string[] = [...fixers.keys()];

/** The likely one first. */
export function listFixes(problem: Diagnostic, document: ProjectDocument): readonly Fix[] {
  return (fixers.get(problem.code)?.(problem, document) ?? []).filter((fix) => typeof fix.make(document) === 'object');
}
