import type { Verdict } from '../../shared/design/scenario-plan';
import { VERDICTS } from '../timeline/expectations';

/** Sign and word: neither says it alone. */
export function VerdictWord({ verdict }: { readonly verdict: Verdict }) {
  const Icon = VERDICTS[verdict];
  return <span className={`verdict ${verdict}`}><Icon size={13} aria-hidden="true" />{verdict}</span>;
}
