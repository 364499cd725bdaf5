import { useId, type ReactNode } from 'react';

/** What a control says of itself where its value is refused. */
export type Described = { readonly 'aria-invalid'?: true; readonly 'aria-describedby'?: string };

/** Label, control, and below it what is wrong with it, or what it is for. */
export function FormRow({ label, refusal, note, children }: { readonly label: string; readonly refusal?: string | undefined; readonly note?: string | undefined; readonly children: (described: Described) => ReactNode }) {
  const id = useId();
  const says = refusal ?? note;
  return (
    <div className="form-row">
      <div className="f"><span aria-hidden="true">{label}</span>{children({ ...(refusal === undefined ? {} : { 'aria-invalid': true as const }), ...(says === undefined ? {} : { 'aria-describedby': id }) })}</div>
      {says !== undefined && <p className={refusal === undefined ? 'form-says' : 'form-says refusal'} id={id} {...(refusal === undefined ? {} : { role: 'alert' })}>{says}</p>}
    </div>
  );
}
