import { Sheet } from '../dialogs/sheet';
import { EntryList } from '../registry/entry-list';
import { newServer } from './server-form';
import { ServerFields } from './server-fields';
import { useTools } from './use-tools';

/** The person's MCP servers: which program stands behind the name that a design has. They are kept on this machine, never in a design. */
export function ToolsDialog() {
  const { list, trouble, entries, said, deedsOf } = useTools();
  const { all, shown, show, add } = entries;
  return (
    <Sheet title="Tools" says="MCP servers, on this machine only. A design has a name; the program behind it stands here, and no other is started." width={780} isUnsaved={all.some(({ isChanged }) => isChanged)}>
      {trouble !== undefined && <p className="refusal" role="alert">{trouble}</p>}
      {list?.mayChange === false && <p className="note">From a browser they are only looked at: programs are chosen in the app, or in tools.json in the folder for data.</p>}
      {list && (
        <div className="entries">
          <EntryList
            label="Tools"
            entries={all.map(({ id, draft, isKept, isChanged }) => ({ id, name: draft.name, says: !isKept || isChanged ? 'not saved' : draft.allow === undefined ? '' : draft.allow.length === 1 ? '1 tool' : `${draft.allow.length} tools`, isWarning: isChanged }))}
            shown={shown?.id}
            onShow={show}
            adds={list.mayChange ? [{ label: 'MCP server', add: () => add(newServer(all.map(({ draft }) => draft.name))) }] : []}
          />
          {shown && (
            <ServerFields
              entry={shown}
              mayChange={list.mayChange}
              taken={all.filter(({ id }) => id !== shown.id).map(({ draft }) => draft.name)}
              problem={said?.id === shown.id ? said.problem : undefined}
              tried={said?.id === shown.id ? said.tried : undefined}
              {...deedsOf(shown)}
            />
          )}
          {!shown && <p className="empty">None yet. A node of kind Tool names one; until it stands here, that node answers <span className="m">noproc</span>, or can be mocked.</p>}
        </div>
      )}
    </Sheet>
  );
}
