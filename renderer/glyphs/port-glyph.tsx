import { hueOf } from './protocol-hue';

type PortGlyphProps = { readonly protocol: string | undefined; readonly protocols: readonly string[]; /** Hollow: the port provides. */ readonly isHollow?: boolean; readonly size?: number };

/** A port is a small prism: filled where it requires, hollow where it provides (look.md section 5). The ninth hue has a second edge. */
export function PortGlyph({ protocol, protocols, isHollow = false, size = 10 }: PortGlyphProps) {
  const { colour, isDoubled } = hueOf(protocol, protocols);
  return (
    <svg className="i-port" width={size} height={size} viewBox="0 0 10 10" aria-hidden="true">
      <path d="M1.6 1.2L8.8 5 1.6 8.8z" fill={isHollow ? 'none' : colour} stroke={colour} strokeWidth="1.4" strokeLinejoin="round" />
      {isDoubled && <path d="M0.5 1v8" stroke={colour} strokeWidth="1" />}
    </svg>
  );
}
