/** What OTP asks of a supervisor's specification. */
import { viewDesign } from '../design-view';
import { designOf } from '../document';
import { setNodeField } from '../edits/node-edits';
import type { Json } from '../../json/json';
import type { Fix, Fixer, Fixers } from './fix-value';

const write = (label: string, node: string, field: string, value: Json | undefined): Fix => ({ label, make: (document) => setNodeField(document, node, [field], value) });

const anotherStrategy: Fixer = ({ at }) => (at.node === undefined ? [] : [write('Use one_for_one', at.node, 'strategy', 'one_for_one')]);
const allowOneRestart: Fixer = ({ at }) => (at.node === undefined ? [] : [write('Allow 1 restart', at.node, 'maxRestarts', 1)]);
const makeTransient: Fixer = ({ at }) => (at.node === undefined ? [] : [write('Make it transient', at.node, 'restart', 'transient')]);

const significantForNothing: Fixer = ({ at }, document) => {
  const { node } = at;
  const parent = node === undefined ? undefined : viewDesign(designOf(document)).nodes.get(node)?.parent;
  if (node === undefined) return [];
  return [write('Take significant away', node, 'significant', undefined), ...(parent === undefined ? [] : [write(`Let ${parent} shut down with it`, parent, 'autoShutdown', 'any_significant')])];
};

export const supervisionFixes: Fixers = { SUP009: anotherStrategy, SUP010: allowOneRestart, SUP011: significantForNothing, SUP012: makeTransient };
