/** Gathers the changes of one edit: each is made on what the ones before it have left, so that all say truly what was there before. */
import { assert } from '../../assert';
import type { Json } from '../../json/json';
import { equalJson } from '../../schema/validate-value';
import { findFile, findJson, isList, type DocumentFile, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import { applyEdit, valueAtPath } from './apply-edit';
import type { Change, Edit, JsonPath } from './edit';

export class Editing {
  readonly #changes: Change[] = [];
  document: ProjectDocument;

  constructor(document: ProjectDocument) {
    this.document = document;
  }

  #add(change: Change): void {
    const applied = applyEdit(this.document, { label: 'part', changes: [change] });
    assert(applied.ok, `a change does not fit the document it was made for: ${change.kind} ${change.file}`);
    this.document = applied.value;
    this.#changes.push(change);
  }

  json(file: string): Json | undefined {
    return findJson(this.document, file);
  }

  at(file: string, path: JsonPath): Json | undefined {
    return valueAtPath(this.json(file), path);
  }

  /** `after` absent takes the key away; a new key comes last among its siblings, or at `place`. Where nothing changes, nothing is added. */
  set(file: string, path: JsonPath, after: Json | undefined, place?: number): void {
    const before = this.at(file, path);
    if (before === after || (before !== undefined && after !== undefined && equalJson(before, after))) return;
    const holder = this.at(file, path.slice(0, -1));
    const key = path.at(-1);
    const comesOrGoes = isObject(holder) && (before === undefined || after === undefined);
    const at = !comesOrGoes ? undefined : before === undefined ? (place ?? Object.keys(holder).length) : Object.keys(holder).indexOf(String(key));
    this.#add({ kind: 'set', file, path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }), ...(at === undefined ? {} : { at }) });
  }

  splice(file: string, path: JsonPath, index: number, removeCount: number, ...inserted: readonly Json[]): void {
    const list = this.at(file, path);
    assert(isList(list), `no list at ${file} ${path.join('.')}`);
    const removed = list.slice(index, index + removeCount);
    if (removed.length === 0 && inserted.length === 0) return;
    this.#add({ kind: 'splice', file, path, index, removed, inserted });
  }

  file(file: string, after: DocumentFile | undefined): void {
    const before = findFile(this.document, file);
    if (before === undefined && after === undefined) return;
    this.#add({ kind: 'file', file, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
  }

  text(file: string, offset: number, removed: string, inserted: string): void {
    this.#add({ kind: 'text', file, offset, removed, inserted });
  }

  /** `undefined`: nothing changes. */
  finish(label: string, group?: string): Edit | undefined {
    return this.#changes.length === 0 ? undefined : { label, changes: this.#changes, ...(group === undefined ? {} : { group }) };
  }
}
