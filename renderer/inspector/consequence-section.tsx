import { ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DesignView, NodeView } from '../../shared/design/design-view';
import { restartReach, type Reach } from '../../shared/graph/restart-reach';
import { counted, fastestMs, stormBound, type StormBound, type StormLevel } from '../../shared/graph/storm-bound';
import { reachTreeOf } from '../canvas/scope/reach-tree';
import { selectDesign, useDocument } from '../stores/document';
import { MOST_CHOICES } from './choice-fields';
import { wordLasting } from './words';
import { Section } from './section';

/** What happens next, before it happens: who stops and starts when this node, or a child of it, exits, and how far a storm of that goes. */
export function ConsequenceSection({ node }: { readonly node: NodeView }) {
  const design = useDocument(selectDesign);
  const choices = useMemo(() => listExits(design, node), [design, node]);
  const [chosen, setChosen] = useState<string>();
  const exited = chosen !== undefined && choices.includes(chosen) ? chosen : choices[0];
  if (exited === undefined) return null;
  return <Told design={design} exited={exited} choices={choices} choose={setChosen} />;
}

/** Of a supervisor its children (the first of very many: each says it of itself), then itself; of another node itself. What hangs nowhere is restarted by nobody. */
function listExits({ nodes }: DesignView, node: NodeView): readonly string[] {
  const children = node.children.filter((id) => nodes.get(id)?.parent === node.id).slice(0, MOST_CHOICES);
  return node.parent === undefined && node.kind !== 'supervisor' ? [] : [...children, node.id];
}

function Told({ design, exited, choices, choose }: { readonly design: DesignView; readonly exited: string; readonly choices: readonly string[]; readonly choose: (id: string) => void }) {
  const tree = reachTreeOf(design);
  const reach = useMemo(() => restartReach(tree, exited), [tree, exited]);
  const [crashMs, setCrashMs] = useState(1000);
  const storm = useMemo(() => stormBound(tree, exited, crashMs), [tree, exited, crashMs]);
  return (
    <>
      <Section title="Restart scope" note={reach.supervisor === undefined ? undefined : `${wordCount(reach.stops.length)} stop, ${wordCount(reach.starts.length)} start`}>
        <div className="exit-line">
          <span>If</span>
          {choices.length === 1 ? <b>{exited}</b> : (
            <span className="in box choice">
              <select aria-label="Node that exits" value={exited} onChange={(event) => choose(event.target.value)}>{choices.map((id) => <option key={id} value={id}>{id}</option>)}</select>
              <ChevronDown size={12} aria-hidden="true" />
            </span>
          )}
          <span>exits</span>
        </div>
        <p className="note">{reach.sentences.join(' ')}</p>
        {reach.starts.length + reach.stops.length > 0 && <Steps reach={reach} />}
      </Section>
      {reach.supervisor !== undefined && <StormSection storm={storm} crashMs={crashMs} setCrashMs={setCrashMs} />}
    </>
  );
}

const wordCount = (count: number): string => (count === 0 ? 'none' : String(count));

/** More are told by their number; the canvas paints them all. */
const MOST_STEPS = 24;

/** In the order in which they come about. */
function Steps({ reach }: { readonly reach: Reach }) {
  const steps = [{ id: reach.node, what: 'exits' }, ...reach.stops.map((id) => ({ id, what: 'stop' })), ...reach.starts.map((id) => ({ id, what: 'start' }))];
  return (
    <ol className="steps" aria-label="Steps">
      {steps.slice(0, MOST_STEPS).map(({ id, what }, index) => <li key={`${what} ${id}`} className={what}><span className="num">{index + 1}</span><em>{what}</em> {id}</li>)}
      {steps.length > MOST_STEPS && <li>{steps.length - MOST_STEPS} more</li>}
    </ol>
  );
}

/** Of a longer way up the first and the last supervisors are told. */
const MOST_LEVELS = 14;
const CRASH_TIMES_MS = [1, 100, 1000, 10_000, 60_000] as const;

function StormSection({ storm, crashMs, setCrashMs }: { readonly storm: StormBound; readonly crashMs: number; readonly setCrashMs: (ms: number) => void }) {
  const { node, levels, endsRun, sentences } = storm;
  const slowest = levels.at(-1)?.slowestCrashMs ?? Infinity;
  const shown = levels.length > MOST_LEVELS ? MOST_LEVELS - 2 : levels.length;
  return (
    <Section title="Storm bound" note={levels.length === 0 ? undefined : endsRun ? 'ends the run' : 'the run goes on'}>
      {levels.length === 0 ? <p className="note">{sentences.join(' ')}</p> : (
        <>
          <div className="exit-line">
            <span>If {node} crashes</span>
            <span className="in box choice">
              <select aria-label="Time from a start to its crash" value={crashMs} onChange={(event) => setCrashMs(Number(event.target.value))}>{CRASH_TIMES_MS.map((ms) => <option key={ms} value={ms}>{wordLasting(ms)}</option>)}</select>
              <ChevronDown size={12} aria-hidden="true" />
            </span>
            <span>after each start</span>
          </div>
          <table className="storm">
            <thead><tr><th>Supervisor</th><th className="num">Starts</th><th className="num">Gives up</th></tr></thead>
            <tbody>
              {levels.slice(0, shown).map((level) => <LevelRow key={level.supervisor} level={level} crashMs={crashMs} />)}
              {levels.length > shown && <tr><td className="dim" colSpan={3}>{levels.length - shown - 1} between</td></tr>}
              {levels.length > shown && <LevelRow level={levels.at(-1)!} crashMs={crashMs} />}
            </tbody>
          </table>
          <p className="note">{crashMs > slowest ? `So slow a crash never makes ${levels.at(-1)!.supervisor} give up: ` : endsRun ? `Then ${levels.at(-1)!.supervisor} gives up, and the run ends. ` : `${levels.at(-1)!.supervisor} is not started again after it gives up; what is above it goes on. `}{slowest === Infinity ? '' : crashMs > slowest ? `it does up to ${wordLasting(slowest)}.` : `Crashes more than ${wordLasting(slowest)} apart never get so far.`}</p>
        </>
      )}
    </Section>
  );
}

function LevelRow({ level: { supervisor, starts, slowestCrashMs }, crashMs }: { readonly level: StormLevel; readonly crashMs: number }) {
  return <tr><td>{supervisor}</td><td className="num">{counted(starts)}</td><td className="num">{crashMs > slowestCrashMs ? 'never' : `after ${wordLasting(fastestMs({ starts }, crashMs))}`}</td></tr>;
}
