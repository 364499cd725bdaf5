/** Under the Tree: what an exit does, in steps, and how far a storm of them goes. */
import { ArrowRight } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { StateGlyph } from '../../glyphs/state-glyph';
import { useRun } from '../../stores/run';
import { currentStep, listSteps, listTicks, MOST_BOXES, MOST_STEPS, type Step } from './scope-steps';
import type { Told } from './paint-scope';
import { useToldExit } from './use-restart-scope';

export function ScopeStrip() {
  const told = useToldExit();
  if (!told) return null;
  return (
    <div className="strip-card" role="region" aria-label="Restart scope">
      <div className="strip-head">
        <svg width="14" height="14" aria-hidden="true"><rect x=".6" y=".6" width="12.8" height="12.8" rx="3" fill="url(#canvas-hatch)" stroke="var(--scope)" strokeWidth="1.2" /></svg>
        <b>If {told.exited} exits</b>
        <span className="strip-says">{told.reach.sentences.join(' ')}</span>
      </div>
      <Steps told={told} />
      <StormLine told={told} />
    </div>
  );
}

function Steps({ told }: { readonly told: Told }) {
  const all = listSteps(told);
  const statuses = useRun(useShallow((run) => all.map(({ id }) => run.agents.get(id)?.status)));
  const steps = all.length > MOST_STEPS ? all.slice(0, MOST_STEPS - 1) : all;
  const current = currentStep(all, (id) => statuses[all.findIndex((one) => one.id === id)]);
  return (
    <ol className="strip-steps">
      {steps.map((step, index) => <StepBox key={`${step.what} ${step.id}`} step={step} isCurrent={index === current} isLast={index === steps.length - 1} />)}
      {steps.length < all.length && <li className="strip-more">{all.length - steps.length} more</li>}
    </ol>
  );
}

function StepBox({ step: { id, what, glyph, says }, isCurrent, isLast }: { readonly step: Step; readonly isCurrent: boolean; readonly isLast: boolean }) {
  return (
    <li className="strip-step">
      <span className={isCurrent ? 'strip-box now' : 'strip-box'} aria-current={isCurrent ? 'step' : undefined}>
        <span className="strip-top"><StateGlyph status={glyph} /><b title={id}>{id}</b><em>{what}</em></span>
        <span className="strip-detail">{says}</span>
      </span>
      {!isLast && <ArrowRight size={12} aria-hidden="true" />}
    </li>
  );
}

function StormLine({ told }: { readonly told: Told }) {
  const { storm } = told;
  const restarts = useRun((run) => run.agents.get(told.exited)?.restarts ?? 0);
  const ticks = listTicks(told);
  const boxes = Array.from({ length: Math.min(storm.starts, MOST_BOXES) }, (_, index) => index + 1);
  const used = Math.min(restarts, storm.starts);
  return (
    <div className="strip-storm">
      <b>Storm bound</b>
      <span className="strip-says" title={storm.sentences.join(' ')}>{storm.sentences[0]}</span>
      {restarts > 0 && <span className="strip-used">{used} of {storm.starts}</span>}
      {storm.starts <= MOST_BOXES && (
        <svg width={boxes.length * 13 + 4} height="16" role="img" aria-label={`${used} of ${storm.starts} starts used`}>
          {boxes.map((box) => <rect key={box} x={(box - 1) * 13 + 0.75} y="3" width="10" height="10" rx="2" fill={box <= used ? 'var(--scope)' : 'none'} stroke={box <= used ? 'var(--scope)' : 'var(--edge)'} strokeWidth="1.2" />)}
          {[...ticks].map((tick) => <path key={tick} d={`M${tick * 13 - 0.9} 0V16`} stroke="var(--ink)" strokeWidth="1.4" />)}
        </svg>
      )}
    </div>
  );
}
