import { FileArchive, FolderOpen, Lock, Play, Plus, Search, Settings2, X, type LucideIcon } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Example, RecentProject } from '../../shared/api/project';
import { api } from '../api/studio';
import { breakAnExample, open, openFolder, openShared } from '../commands/file-commands';
import { Mark } from '../glyphs/mark';
import { openDialog } from '../stores/dialogs';
import { selectModifier, useShell } from '../stores/shell';
import { Hero } from './hero';
import { wordAge } from './word-age';

/** The first screen: break an example, begin, open, go on (look.md section 6, "First run"). */
export function Welcome() {
  const info = useShell((state) => state.info);
  const modifier = useShell(selectModifier);
  return (
    <div className="win">
      <header className="bar" role="toolbar" aria-label="Toolbar">
        <Mark /><span className="name">Prismatic Studio</span><span className="sp" />
        <button type="button" className="find" aria-label="Search commands" onClick={() => openDialog({ kind: 'commands' })}><Search size={13} aria-hidden="true" /><span className="sp">Do anything</span><kbd className="kbd">{modifier} K</kbd></button>
        <button type="button" className="b ic" aria-label="Settings" onClick={() => openDialog({ kind: 'settings' })}><Settings2 size={15} /></button>
      </header>
      <main className="welcome">
        <Hero />
        <div className="cols">
          <div><Start modifier={modifier} /><Recent /></div>
          <Examples />
        </div>
      </main>
      <footer className="status"><span><Lock size={12} aria-hidden="true" /> No account, no telemetry. Works offline.</span><span className="sp" /><span>{info && `Prismatic Studio ${info.version}`}</span></footer>
    </div>
  );
}

function Start({ modifier }: { readonly modifier: string }) {
  const [isBusy, setBusy] = useState(false);
  const start = (work: () => Promise<unknown>) => () => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  };
  return (
    <section aria-label="Start">
      <h2>Start</h2>
      <Act isSolid isFocused icon={Play} title="Break an example" says="support-desk, one second before its host is killed" keys="Enter" isBusy={isBusy} onClick={start(breakAnExample)} />
      <Act icon={Plus} title="New design" says="a folder with a small system in it" keys={`${modifier} N`} onClick={() => openDialog({ kind: 'newProject' })} />
      <Act icon={FolderOpen} title="Open folder" says="opening never runs its code" keys={`${modifier} O`} onClick={start(openFolder)} />
      <Act icon={FileArchive} title="Open .prismatic file" says="a design somebody shared" keys={`${modifier} Shift O`} onClick={start(openShared)} />
    </section>
  );
}

type ActProps = { readonly icon: LucideIcon; readonly title: string; readonly says: string; readonly keys: string; readonly onClick: () => void; readonly isSolid?: boolean; readonly isFocused?: boolean; readonly isBusy?: boolean };

function Act({ icon: Icon, title, says, keys, onClick, isSolid = false, isFocused = false, isBusy = false }: ActProps) {
  return (
    <button type="button" className={isSolid ? 'act solid' : 'act'} onClick={onClick} autoFocus={isFocused} disabled={isBusy} aria-label={title}>
      <Icon size={16} aria-hidden="true" /><span><b>{title}</b><em>{says}</em></span><kbd className="kbd">{keys}</kbd>
    </button>
  );
}

function Recent() {
  const [list, setList] = useState<readonly RecentProject[]>();
  const load = useCallback(() => void api.request('workspace.recent', {}).then(setList), []);
  useEffect(load, [load]);
  const forget = (handle: string): void => void api.request('workspace.forget', { handle }).then(load);
  if (!list || list.length === 0) return null;
  return (
    <section aria-label="Recent">
      <h2>Recent<span>{list.length}</span></h2>
      {list.map((project) => (
        <div key={project.handle} className="rec">
          <button type="button" className="rec-open" title={project.shownPath} disabled={project.isMissing} onClick={() => void open(project.handle)}>
            <b>{project.name}</b><span className="dim">{project.isMissing ? 'not there any more' : `${project.nodes} nodes`}</span><span className="sp" /><span className="dim">{wordAge(Date.now() - project.openedAtMs)}</span>
          </button>
          <button type="button" className="b ic" aria-label={`Forget ${project.name}`} onClick={() => forget(project.handle)}><X size={12} /></button>
        </div>
      ))}
    </section>
  );
}

function Examples() {
  const [list, setList] = useState<readonly Example[]>([]);
  useEffect(() => void api.request('workspace.examples', {}).then(setList), []);
  return (
    <section aria-label="Examples">
      <h2>Examples<span>each is a copy of your own</span></h2>
      <div className="exs">
        {list.map(({ name, says, nodes }) => (
          <button type="button" key={name} className="ex" aria-label={`Example ${name}`} onClick={() => openDialog({ kind: 'newProject', example: name })}>
            <span className="ex-says"><span className="n">{nodes} nodes</span><b>{name}</b><span className="p">{says}</span></span>
          </button>
        ))}
      </div>
    </section>
  );
}
