import { wordUsd } from '../words/spend-words';

export type Tested = 'waiting' | { readonly ok: false; readonly words: string } | { readonly ok: true; readonly model: string; readonly text: string; readonly usage: { readonly inputTokens: number; readonly outputTokens: number }; readonly costUsd: number | null; readonly tookMs: number } | undefined;

/** What a provider answered to one small question. */
export function TestResult({ tested }: { readonly tested: Tested }) {
  if (tested === undefined) return null;
  if (tested === 'waiting') return <p className="note" role="status">Asking it…</p>;
  if (!tested.ok) return <p className="refusal" role="alert">{tested.words}</p>;
  const { model, text, usage, costUsd, tookMs } = tested;
  return (
    <div className="note good" role="status" aria-label="Test result">
      <b>{model}</b> answered in {Math.max(1, Math.round(tookMs))} ms: “{text.slice(0, 200)}”. {usage.inputTokens} tokens in, {usage.outputTokens} out, {costUsd === null ? 'no price' : wordUsd(costUsd)}.
    </div>
  );
}
