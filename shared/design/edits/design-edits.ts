/** Edits of what `design.json` says of itself: its name, its words, its root. */
import { DESIGN_FILE } from '../project-files';
import { type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { Json } from '../../json/json';
import type { Edit, JsonPath } from './edit';
import { Editing } from './editing';

/** `undefined` takes the field away. */
export function setDesignField(document: ProjectDocument, path: JsonPath, value: Json | undefined, group?: string): Edit | undefined {
  const editing = new Editing(document);
  if (!isObject(editing.json(DESIGN_FILE))) return undefined;
  editing.set(DESIGN_FILE, path, value);
  return editing.finish(`set ${path.join('.')} of the design`, group);
}
