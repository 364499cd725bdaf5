import { Plus } from 'lucide-react';

export type ListedEntry = { readonly id: string; readonly name: string; readonly says: string; readonly isWarning: boolean };
type ListProps = {
  readonly label: string;
  readonly entries: readonly ListedEntry[];
  readonly shown: string | undefined;
  readonly onShow: (id: string) => void;
  readonly adds: readonly { readonly label: string; readonly add: () => void }[];
};

/** What there is, one of it chosen, and what can be added. */
export function EntryList({ label, entries, shown, onShow, adds }: ListProps) {
  return (
    <div className="entry-list">
      <ul aria-label={label}>
        {entries.map(({ id, name, says, isWarning }) => (
          <li key={id}>
            <button type="button" className={`row${id === shown ? ' sel' : ''}`} aria-pressed={id === shown} onClick={() => onShow(id)}>
              <span className="t" title={name}>{name === '' ? 'no name' : name}</span><span className={isWarning ? 'x warn' : 'x'}>{says}</span>
            </button>
          </li>
        ))}
        {entries.length === 0 && <li className="empty">None yet.</li>}
      </ul>
      {adds.length > 0 && (
        <div role="group" aria-label={`Add to ${label}`} className="entry-adds">
          <p className="dim" aria-hidden="true">Add</p>
          {adds.map((one) => <button key={one.label} type="button" className="b small" onClick={one.add}><Plus size={12} aria-hidden="true" />{one.label}</button>)}
        </div>
      )}
    </div>
  );
}
