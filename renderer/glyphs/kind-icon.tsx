import { CircleHelp, LogIn, LogOut, Network, ScrollText, Split, SquareFunction, Timer, User, type LucideIcon } from 'lucide-react';

/** Icons of look.md section 5, by the kind's word. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  supervisor: Network,
  'code agent': SquareFunction,
  'scripted agent': ScrollText,
  router: Split,
  source: LogIn,
  sink: LogOut,
  timer: Timer,
  human: User,
};

export function KindIcon({ kind, size = 15 }: { readonly kind: string; readonly size?: number }) {
  const Icon = (Object.hasOwn(ICONS, kind) ? ICONS[kind] : undefined) ?? CircleHelp;
  return <Icon className="i" size={size} aria-hidden="true" />;
}
