/** The text file behind a node: the handler of a code agent, the prompt of a model agent. One that bears the node's name is its own. */
import type { JsonObject } from '../../json/json';
import { isObject } from '../../json/is-object';
import { handlerPath } from './new-node';
import { promptPath } from './new-prompt';

const FIELDS = { code: { field: 'file', pathFor: handlerPath }, model: { field: 'prompt', pathFor: promptPath } } as const;

/** `field`: of the behaviour, which names the file. `pathFor`: the name that it has by custom. */
export type OwnFile = { readonly field: 'file' | 'prompt'; readonly path: string; readonly pathFor: (id: string) => string };

export function fileBehind(raw: JsonObject | undefined): OwnFile | undefined {
  const behaviour = raw?.['behaviour'];
  const type = isObject(behaviour) ? behaviour['type'] : undefined;
  if (!isObject(behaviour) || (type !== 'code' && type !== 'model')) return undefined;
  const { field, pathFor } = FIELDS[type];
  const path = behaviour[field];
  return typeof path === 'string' ? { field, path, pathFor } : undefined;
}
