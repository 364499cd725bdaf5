/** Scripted agents that answer nothing. */
import { sampleAnswer } from '../../program/answer-schema';
import type { Json } from '../../json/json';
import { viewDesign } from '../design-view';
import { designOf, type ProjectDocument } from '../document';
import { setNodeField } from '../edits/node-edits';
import { listOperations, wantsAnswer } from '../protocol-view';
import type { Fixer, Fixers } from './fix-value';

/** One rule a call, each with the simplest answer that its operation may give: something to begin with, and right by its schema. */
function sampleRules(document: ProjectDocument, id: string): readonly Json[] {
  const provides = viewDesign(designOf(document)).nodes.get(id)?.provides ?? [];
  const calls = provides.flatMap((name) => listOperations(document, name)).filter(wantsAnswer);
  return calls.map((operation) => ({ ...(calls.length > 1 ? { operation: operation.name } : {}), reply: sampleAnswer(operation) }));
}

const addRules: Fixer = ({ at: { node } }, document) => {
  if (node === undefined) return [];
  const count = sampleRules(document, node).length;
  return [{ label: count > 1 ? `Add ${count} rules` : 'Add a rule', make: (now) => setNodeField(now, node, ['behaviour', 'rules'], sampleRules(now, node)) }];
};

export const ruleFixes: Fixers = { DES015: addRules };
