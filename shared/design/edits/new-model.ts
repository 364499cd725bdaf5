/** What a new model agent needs to run at once: a model to ask. One that is there, or a scripted one beside it, which works offline. */
import type { JsonObject } from '../../json/json';
import { MODEL_PROTOCOL } from '../../protocols/model';
import type { DesignView } from '../design-view';
import { findTemplateAbove } from '../template-above';

export const SCRIPTED_MODEL: JsonObject = { kind: 'agent', behaviour: { type: 'scripted', rules: [{ operation: 'complete', reply: { text: 'This is a scripted answer.' } }] }, provides: [MODEL_PROTOCOL], requires: {} };

/** The first in the tree that can be wired to. */
export const findModel = (view: DesignView): string | undefined => view.order.find((id) => view.nodes.get(id)!.provides.includes(MODEL_PROTOCOL) && findTemplateAbove(view, id) === undefined);
