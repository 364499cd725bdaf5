import { useId } from 'react';
import type { WireView } from '../../../shared/design/design-view';
import { listFallbacks, sampleAnswers } from '../../../shared/design/edits/guard-edits';
import { listOperations } from '../../../shared/design/protocol-view';
import { isObject } from '../../../shared/json/is-object';
import type { JsonObject } from '../../../shared/json/json';
import { documentNow, selectDocument, useDocument } from '../../stores/document';
import { ChoiceField } from '../choice-fields';
import { FieldRow } from '../field-row';
import { useFieldTarget } from '../field-target';
import { JsonField } from '../json-field';
import { NumberField } from '../text-fields';
import { listCodes, readOn, toggleCode } from './failure-choice';
import type { GuardField } from './guard-form';

type RowProps = { readonly field: GuardField; readonly wire: WireView; readonly replace: (guard: JsonObject) => void };

const standardOf = ({ standard }: GuardField): string => (typeof standard === 'string' ? standard : '');

/** One field of a guard, with the control that fits its schema. */
export function GuardFieldRow(props: RowProps) {
  const { field } = props;
  switch (field.control) {
    case 'number':
      return <div title={field.says}><NumberField label={field.label} path={[field.name]} isRequired={field.isRequired} {...(typeof field.standard === 'number' ? { standard: field.standard } : {})} {...(field.unit === undefined ? {} : { unit: field.unit })} /></div>;
    case 'choice':
      return <div title={field.says}><ChoiceField label={field.label} path={[field.name]} options={field.options ?? []} standard={standardOf(field)} absent={standardOf(field)} /></div>;
    case 'yes or no':
      return <YesOrNoField {...props} />;
    case 'failures':
      return <FailuresField {...props} />;
    case 'node':
      return <FallbackField {...props} />;
    case 'answers':
      return <AnswerFields {...props} />;
  }
}

const AS_DECLARED = 'as the operation says';
const YES_NO = { yes: true, no: false } as const;

function YesOrNoField({ field }: RowProps) {
  const { raw, set } = useFieldTarget();
  const value = raw[field.name];
  return (
    <FieldRow label={field.label} field={field.name}>
      <select className="in" aria-label={field.label} title={field.says} value={value === true ? 'yes' : value === false ? 'no' : AS_DECLARED} onChange={({ target }) => set([field.name], target.value === 'yes' || target.value === 'no' ? YES_NO[target.value] : undefined)}>
        {[AS_DECLARED, 'yes', 'no'].map((word) => <option key={word}>{word}</option>)}
      </select>
    </FieldRow>
  );
}

/** Each failure can be taken in or out; as it was at first, the field is absent. */
function FailuresField({ field, wire }: RowProps) {
  const { raw, set } = useFieldTarget();
  const document = useDocument(selectDocument);
  const id = useId();
  const declared = wire.protocol === undefined ? [] : listOperations(document, wire.protocol).flatMap(({ errors }) => errors);
  const codes = listCodes(declared, raw['on']);
  const now = readOn(raw['on']);
  return (
    <FieldRow label={field.label} field={field.name} isWide>
      <div className="codes" role="group" aria-label={field.label} aria-describedby={id}>
        {codes.map((code) => (
          <label key={code} className={now.includes(code) ? 'code on' : 'code'}>
            <input type="checkbox" checked={now.includes(code)} onChange={() => set(['on'], toggleCode(raw['on'], code, codes))} />{code}
          </label>
        ))}
      </div>
      <span className="unseen" id={id}>{field.says}</span>
    </FieldRow>
  );
}

const OWN_ANSWER = '';

/** Another provider, or an answer that is written here. */
function FallbackField({ field, wire, replace }: RowProps) {
  const { raw } = useFieldTarget();
  const document = useDocument(selectDocument);
  const providers = listFallbacks(document, wire);
  const to = typeof raw['to'] === 'string' ? raw['to'] : OWN_ANSWER;
  const choose = (next: string): void => {
    const { to: _to, answers: _answers, ...rest } = raw;
    replace(next === OWN_ANSWER ? { ...rest, answers: sampleAnswers(documentNow(), wire.protocol) } : { ...rest, to: next });
  };
  return (
    <FieldRow label={field.label} field={field.name}>
      <select className="in" aria-label={field.label} title={field.says} value={to} onChange={({ target }) => choose(target.value)}>
        {[...new Set([...providers, ...(to === OWN_ANSWER ? [] : [to])])].map((one) => <option key={one} value={one}>{one}</option>)}
        <option value={OWN_ANSWER}>nobody: a fixed answer</option>
      </select>
    </FieldRow>
  );
}

/** The answer to each operation, as JSON: the compiler holds it against the protocol. */
function AnswerFields({ wire }: RowProps) {
  const { raw } = useFieldTarget();
  const document = useDocument(selectDocument);
  if (typeof raw['to'] === 'string') return null;
  const answers = isObject(raw['answers']) ? raw['answers'] : {};
  const calls = wire.protocol === undefined ? [] : listOperations(document, wire.protocol).filter(({ kind }) => kind !== 'cast');
  const isStream = (name: string): boolean => calls.some((one) => one.name === name && one.kind === 'stream');
  return [...new Set([...calls.map(({ name }) => name), ...Object.keys(answers)])].map((operation) => <JsonField key={operation} label={`${operation} answers`} path={['answers', operation]} placeholder={isStream(operation) ? 'none: it fails as before; or a list of items' : 'none: it fails as before'} />);
}
