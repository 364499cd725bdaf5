import type { TriedServer } from '../../shared/api/tools';
import { withAllowed } from './server-form';

type OfferedProps = { readonly allow: readonly string[] | undefined; readonly tried: TriedServer | undefined; readonly mayChange: boolean; readonly change: (allow: readonly string[] | undefined) => void };

/** Which of its tools may be called: all, or those that are marked. What it offers is known once it was tried. */
export function OfferedTools({ allow, tried, mayChange, change }: OfferedProps) {
  const offered = tried?.tools ?? [];
  const names = [...new Set([...offered.map(({ name }) => name), ...(allow ?? [])])];
  return (
    <div className="form-row">
      <div className="f"><span aria-hidden="true">Allow</span>
        <span className="switch-line">
          <input type="checkbox" role="switch" className="switch" aria-label="Allow all tools" disabled={!mayChange} checked={allow === undefined} onChange={({ target }) => change(target.checked ? undefined : offered.map(({ name }) => name))} />
          <span className="dim">{allow === undefined ? 'all its tools, where a design is granted them' : 'only those that are marked, whatever a design is granted'}</span>
        </span>
      </div>
      {tried && <p className="form-says" role="status">It offers {tried.tools.length === 1 ? '1 tool' : `${tried.tools.length} tools`}, told in {tried.tookMs} ms.</p>}
      {names.length > 0 && (
        <ul className="offered" aria-label="Tools that it offers" tabIndex={0}>
          {names.map((name) => {
            const tool = offered.find((one) => one.name === name);
            return (
              <li key={name}>
                {allow === undefined ? <b className="m">{name}</b> : <label><input type="checkbox" disabled={!mayChange} checked={allow.includes(name)} onChange={({ target }) => change(withAllowed(allow, name, target.checked))} /><b className="m">{name}</b></label>}
                <span className="m dim">{tool ? (tool.fields.length > 0 ? `(${tool.fields.join(', ')})` : '') : tried ? 'not offered any more' : ''}</span>
                {tool && tool.says !== '' && <span className="says" title={tool.says}>{tool.says}</span>}
              </li>
            );
          })}
        </ul>
      )}
      {allow !== undefined && names.length === 0 && <p className="form-says">Try it first, to see what there is to allow; so far nothing of it may be called.</p>}
    </div>
  );
}
