/** Who in a test did not answer itself, and whose words were heard instead: a verdict holds with those. */
import { CassetteTape, Dices, VenetianMask, type LucideIcon } from 'lucide-react';
import type { AnswerOrigin, HeardNode } from '../../shared/tests/test-report';

const ORIGINS: Readonly<Record<AnswerOrigin, { readonly icon: LucideIcon; readonly says: string }>> = {
  mocked: { icon: VenetianMask, says: 'a mock answered for it' },
  recorded: { icon: CassetteTape, says: 'its answers came from cassettes' },
  generated: { icon: Dices, says: 'its answers were made up to fit its protocol' },
};

export function HeardBadges({ heard = [] }: { readonly heard?: readonly HeardNode[] | undefined }) {
  return heard.map(({ node, from }) => <HeardBadge key={`${node} ${from}`} node={node} from={from} />);
}

function HeardBadge({ node, from }: HeardNode) {
  const { icon: Icon, says } = ORIGINS[from];
  return <span className={`badge ${from}`} title={`${node}: ${says}`}><Icon size={11} aria-hidden="true" /><b>{node}</b>{from}</span>;
}
