import { useId, useState } from 'react';
import { isCondition, sayCondition } from '../../../shared/design/condition';
import { valueAt } from '../../../shared/json/value-at';
import { FieldRow } from '../field-row';
import { useFieldPlace, useFieldTarget } from '../field-target';
import { JsonInput, useJsonDraft } from '../json-field';
import { DraftInput } from '../text-fields';
import { useDraft } from '../use-draft';
import { rowOf, TEST_WORDS, testOf, type TestRow, type TestWord } from './condition-form';

/** What must hold for a route: one test as a row of fields; one that is put together as JSON, with its sentence. */
export function ConditionField({ index, paths }: { readonly index: number; readonly paths: readonly string[] }) {
  const { raw } = useFieldTarget();
  const path = ['routes', index, 'when'] as const;
  const condition = valueAt(raw, path);
  const row = rowOf(condition);
  const [isJson, setJson] = useState(false);
  const isPlain = row !== undefined && !isJson;
  return (
    <>
      {isPlain ? <TestFields index={index} row={row} paths={paths} /> : <ConditionJson index={index} />}
      <div className="condition-foot">
        {!isPlain && isCondition(condition) && <span className="dim">{sayCondition(condition)}</span>}
        {(row !== undefined || condition === undefined) && <button type="button" className="link" onClick={() => setJson(!isJson)}>{isPlain ? 'and, or, not: as JSON' : 'As fields'}</button>}
      </div>
    </>
  );
}

function TestFields({ index, row, paths }: { readonly index: number; readonly row: TestRow; readonly paths: readonly string[] }) {
  const { refuse, set } = useFieldTarget();
  const id = useId();
  const path = ['routes', index, 'when'] as const;
  const put = (next: TestRow, group?: string): string | undefined => {
    const test = testOf(next);
    const refusal = refuse(path, test);
    if (refusal === undefined) set(path, test, group);
    return refusal;
  };
  const pathDraft = useDraft(row.path, (text, group) => put({ ...row, path: text.trim() }, group), `${useFieldPlace(path)} path`);
  const valueDraft = useDraft(row.value, (text, group) => put({ ...row, value: text }, group), `${useFieldPlace(path)} value`);
  const hasValue = row.word !== 'there' && row.word !== 'not there';
  return (
    <FieldRow field={`routes.${index}`} refusal={pathDraft.refusal ?? valueDraft.refusal} refusalId={`${id}-refusal`}>
      <div className="test-row">
        <DraftInput label={`Path of route ${index + 1}`} draft={pathDraft} refusalId={`${id}-refusal`} isMono list={`${id}-paths`} placeholder="ticket.topic" />
        <select className="in" aria-label={`Test of route ${index + 1}`} value={row.word} onChange={({ target }) => put({ ...row, word: target.value as TestWord })}>
          {Object.entries(TEST_WORDS).map(([word, says]) => <option key={word} value={word}>{says}</option>)}
        </select>
        {hasValue && <DraftInput label={`Value of route ${index + 1}`} draft={valueDraft} refusalId={`${id}-refusal`} isMono placeholder={row.word === 'in' ? 'invoice, refund' : 'invoice'} />}
      </div>
      <datalist id={`${id}-paths`}>{paths.map((one) => <option key={one} value={one} />)}</datalist>
    </FieldRow>
  );
}

function ConditionJson({ index }: { readonly index: number }) {
  const { raw, refuse, set } = useFieldTarget();
  const id = useId();
  const path = ['routes', index, 'when'] as const;
  const draft = useJsonDraft(valueAt(raw, path), (value, group) => {
    const refusal = refuse(path, value);
    if (refusal === undefined) set(path, value, group);
    return refusal;
  }, useFieldPlace(path));
  return (
    <FieldRow label="When" field={`routes.${index}`} refusal={draft.refusal} refusalId={`${id}-refusal`} isWide>
      <JsonInput label={`Condition of route ${index + 1}`} draft={draft} placeholder={'{ "path": "topic", "equals": "invoice" }'} refusalId={`${id}-refusal`} />
    </FieldRow>
  );
}
