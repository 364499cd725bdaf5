import { Check, FlaskConical, Network, Package, Play, Redo2, RotateCw, Search, Square, Undo2, Workflow } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ViewName } from '../../shared/design/edits/layout-edits';
import { check } from '../commands/run-commands';
import { Mark } from '../glyphs/mark';
import { openDialog } from '../stores/dialogs';
import { redo, selectOpen, selectReport, undo, useDocument } from '../stores/document';
import { applyEdits, selectIsLive, startRun, stopRun, useRun } from '../stores/run';
import { selectModifier, useShell } from '../stores/shell';
import { selectIsSimulated, useSimulation } from '../stores/simulation';
import { showView, useViewport } from '../stores/viewport';
import { wordCounts } from './word-counts';

/** Undo, Check, Run and what else is always at hand. One button is ink: the likely next step. */
export function Toolbar() {
  const open = useDocument(selectOpen);
  const view = useViewport((state) => state.view);
  const modifier = useShell(selectModifier);
  if (!open) return null;
  const { history } = open;
  return (
    <header className="bar" role="toolbar" aria-label="Toolbar">
      <Mark />
      <span className="name">{open.name}</span>
      <button type="button" className="kept" title="Every edit is on the disk. Opens the history." onClick={() => openDialog({ kind: 'history' })}>
        {open.pending.length > 0 ? 'Keeping…' : history.edits === 0 ? 'Kept' : `Kept, ${history.edits} ${history.edits === 1 ? 'edit' : 'edits'}`}
      </button>
      <Tabs.Root value={view} onValueChange={(name) => showView(name as ViewName)}>
        <Tabs.List className="seg" aria-label="View">
          <Tabs.Trigger aria-controls="canvas" value="tree" className={view === 'tree' ? 'on' : ''}><Network size={14} aria-hidden="true" />Tree</Tabs.Trigger>
          <Tabs.Trigger aria-controls="canvas" value="flow" className={view === 'flow' ? 'on' : ''}><Workflow size={14} aria-hidden="true" />Flow</Tabs.Trigger>
        </Tabs.List>
      </Tabs.Root>
      <span className="sp" />
      <button type="button" className="b ic" aria-label="Undo" title={history.undo === undefined ? 'Nothing to undo' : `Undo: ${history.undo} (${modifier} Z)`} disabled={history.undo === undefined} onClick={undo}><Undo2 size={15} /></button>
      <button type="button" className="b ic" aria-label="Redo" title={history.redo === undefined ? 'Nothing to redo' : `Redo: ${history.redo} (${modifier} Shift Z)`} disabled={history.redo === undefined} onClick={redo}><Redo2 size={15} /></button>
      <span className="div" />
      <RunButtons />
      <span className="div" />
      <button type="button" className="find" onClick={() => openDialog({ kind: 'commands' })} aria-label="Search commands">
        <Search size={13} aria-hidden="true" /><span className="sp">Do anything</span><kbd className="kbd">{modifier} K</kbd>
      </button>
    </header>
  );
}

function RunButtons() {
  const report = useDocument(selectReport);
  const isLive = useRun(selectIsLive);
  const isEditedSince = useRun((run) => run.state?.isEditedSince === true);
  const isSimulated = useSimulation(selectIsSimulated);
  const likely = isLive ? 'stop' : isSimulated ? 'simulate' : 'run';
  const face = (name: string): string => (name === likely ? 'b solid' : 'b');
  return (
    <>
      <button type="button" className="b" aria-label="Check" onClick={check}><Check size={15} aria-hidden="true" />Check<span className="cnt">{report ? wordCounts(report.counts) : ''}</span></button>
      <span className="div" />
      {isLive && isEditedSince && <button type="button" className="b out" onClick={() => void applyEdits()} title="The design was edited since; the run goes on with the program it was started with."><RotateCw size={13} aria-hidden="true" />Apply<span className="cnt">edited since</span></button>}
      <button type="button" className={face('run')} disabled={isLive} onClick={() => void startRun()}><Play size={13} aria-hidden="true" />Run</button>
      <button type="button" className={face('stop')} disabled={!isLive} onClick={stopRun}><Square size={12} aria-hidden="true" />Stop</button>
      <button type="button" className={face('simulate')} onClick={() => openDialog({ kind: 'simulate' })}><FlaskConical size={14} aria-hidden="true" />Simulate</button>
      <button type="button" className="b" onClick={() => openDialog({ kind: 'export' })}><Package size={14} aria-hidden="true" />Export</button>
    </>
  );
}
