import { useEffect, useMemo, useState } from 'react';
import type { ToolList, TriedServer } from '../../shared/api/tools';
import { api } from '../api/studio';
import type { Entry } from '../registry/entries';
import { useEntries, type Entries } from '../registry/use-entries';
import { wordError } from '../words/word-error';
import { draftOfServer, isServerRefusal, serverOf, type ServerDraft } from './server-form';
import type { ServerDeeds } from './server-fields';

/** `waiting`: it is being started and asked. */
export type Tried = 'waiting' | TriedServer | undefined;
type Said = { readonly id: string; readonly problem?: string; readonly tried?: Tried };
type Tools = {
  readonly list: ToolList | undefined;
  /** Why there is no list. */
  readonly trouble: string | undefined;
  readonly entries: Entries<ServerDraft>;
  readonly said: Said | undefined;
  readonly deedsOf: (entry: Entry<ServerDraft>) => ServerDeeds;
};
const NONE: ToolList['servers'] = [];

/** The person's MCP servers, and what is done with them. */
export function useTools(): Tools {
  const [list, setList] = useState<ToolList>();
  const [trouble, setTrouble] = useState<string>();
  const [said, setSaid] = useState<Said>();
  const servers = list?.servers ?? NONE;
  const entries = useEntries(useMemo(() => servers.map((one) => ({ name: one.name, draft: draftOfServer(one) })), [servers]));
  useEffect(() => {
    void api.request('tools.list', {}).then((answer) => (answer.ok ? setList(answer.value) : setTrouble(wordError(answer.error))));
  }, []);

  const save = async ({ id, draft }: Entry<ServerDraft>): Promise<boolean> => {
    const settings = serverOf(draft, entries.all.filter((one) => one.id !== id).map((one) => one.draft.name));
    if (isServerRefusal(settings)) return false;
    const answer = await api.request('tools.put', { name: draft.name, settings });
    if (!answer.ok) setSaid((now) => ({ ...(now?.id === id ? now : { id }), id, problem: wordError(answer.error) }));
    else {
      setList(answer.value);
      entries.settle(id, draft.name);
      // What it offers is the same, whichever of it may be called.
      setSaid((now) => (now?.id === id && now.tried !== undefined ? { id: draft.name, tried: now.tried } : undefined));
    }
    return answer.ok;
  };
  const tryIt = async (entry: Entry<ServerDraft>): Promise<void> => {
    if ((entry.isChanged || !entry.isKept) && !(await save(entry))) return;
    const { name } = entry.draft;
    setSaid({ id: name, tried: 'waiting' });
    const answer = await api.request('tools.try', { name });
    setSaid((now) => (now?.id !== name || now.tried !== 'waiting' ? now : answer.ok ? { id: name, tried: answer.value } : { id: name, problem: wordError(answer.error) }));
  };
  const remove = async ({ id, isKept }: Entry<ServerDraft>): Promise<void> => {
    if (!isKept) return entries.settle(id, undefined);
    const answer = await api.request('tools.remove', { name: id });
    if (!answer.ok) return setSaid({ id, problem: wordError(answer.error) });
    setList(answer.value);
    entries.settle(id, undefined);
  };
  return {
    list,
    trouble,
    entries,
    said,
    deedsOf: (entry) => ({
      change: (part) => {
        entries.change(entry.id, part);
        // Another command offers other tools.
        setSaid((now) => (now?.id === entry.id && Object.keys(part).every((field) => field === 'allow') && now.tried !== undefined ? { id: now.id, tried: now.tried } : undefined));
      },
      save: () => void save(entry),
      tryIt: () => void tryIt(entry),
      remove: () => void remove(entry),
    }),
  };
}
