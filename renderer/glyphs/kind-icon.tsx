import { CircleHelp, LogIn, LogOut, Network, ScrollText, Sparkles, Split, SquareFunction, Timer, Wrench, type LucideIcon } from 'lucide-react';

/** Icons of look.md section 5, by the kind's word. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  supervisor: Network,
  'code agent': SquareFunction,
  'model agent': Sparkles,
  'scripted agent': ScrollText,
  router: Split,
  source: LogIn,
  sink: LogOut,
  timer: Timer,
  tool: Wrench,
};

export function KindIcon({ kind, size = 15 }: { readonly kind: string; readonly size?: number }) {
  const Icon = (Object.hasOwn(ICONS, kind) ? ICONS[kind] : undefined) ?? CircleHelp;
  return <Icon className="i" size={size} aria-hidden="true" />;
}
