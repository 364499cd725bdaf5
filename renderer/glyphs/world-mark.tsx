import { CassetteTape, FlaskConical, VenetianMask } from 'lucide-react';
import { WORLD_WORDS, type World } from '../words/record-worlds';

const ICONS = { recorded: CassetteTape, mocked: VenetianMask, simulated: FlaskConical, 'with mocks': VenetianMask } as const;

/** Of which world an answer is, in a glyph and a word (look.md section 5). `says`: what is known beyond the word. */
export function WorldMark({ world, says }: { readonly world: World; readonly says?: string | undefined }) {
  const Icon = world === 'live' ? undefined : ICONS[world];
  return <span className={`world ${world.replace(' ', '-')}`} title={says ?? WORLD_WORDS[world]}>{Icon && <Icon size={11} aria-hidden="true" />}{world}</span>;
}
