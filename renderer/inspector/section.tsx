import type { ReactNode } from 'react';

type SectionProps = { readonly title?: ReactNode; readonly note?: ReactNode; readonly children: ReactNode; readonly isFirst?: boolean };

/** A titled part of the Inspector, with a word at the right. */
export function Section({ title, note, children, isFirst = false }: SectionProps) {
  return (
    <div className={isFirst ? 'sec first' : 'sec'}>
      {title !== undefined && <h4>{title}{note !== undefined && <span className="r">{note}</span>}</h4>}
      {children}
    </div>
  );
}
