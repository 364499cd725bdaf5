import { KindIcon } from '../glyphs/kind-icon';

/** Where each ray leaves the prism, and at which height it becomes a wire. */
const RAYS = Array.from({ length: 8 }, (_, index) => {
  const [x, y] = [657 + 2.6 * index, 130 + 4.6 * index];
  const level = 37 + 26 * index;
  return { colour: `var(--p${index + 1})`, path: `M${x} ${y}L833 ${level + (y - level) * 0.18}Q870 ${level} 910 ${level}L4000 ${level}` };
});
/** What the rays meet: kind, name, place. */
const NODES = [
  { kind: 'code agent', name: 'desk', x: 952, y: 44, colour: 'var(--p2)' },
  { kind: 'router', name: 'route', x: 1112, y: 70, colour: 'var(--p3)' },
  { kind: 'scripted agent', name: 'brain', x: 1010, y: 148, colour: 'var(--p6)' },
  { kind: 'sink', name: 'answers', x: 1182, y: 174, colour: 'var(--p7)' },
] as const;

/** White light in, spectrum out, and the rays become wires. The only decoration there is. */
export function Hero() {
  return (
    <div className="hero">
      <svg width="100%" height="256" viewBox="0 0 1440 256" preserveAspectRatio="xMinYMid slice" aria-hidden="true">
        <defs><pattern id="hero-dots" width="20" height="20" patternUnits="userSpaceOnUse"><circle cx="10" cy="10" r=".9" fill="var(--grid)" /></pattern></defs>
        <rect width="4000" height="256" fill="var(--canvas)" />
        <rect width="4000" height="256" fill="url(#hero-dots)" />
        <path d="M-2000 454L610 142" stroke="var(--ink)" strokeWidth="2.4" />
        {RAYS.map(({ colour, path }) => <path key={colour} d={path} fill="none" stroke={colour} strokeWidth="2" />)}
        <path d="M640 82L698 184H582z" fill="var(--panel)" stroke="var(--ink)" strokeWidth="2.4" strokeLinejoin="round" />
        {NODES.map(({ kind, name, x, y, colour }) => (
          <g key={name} transform={`translate(${x} ${y})`}>
            <rect width="104" height="38" rx="6" fill="var(--node)" stroke="var(--edge)" strokeWidth="1.2" />
            <g transform="translate(12 11.5)" color="var(--ink-2)"><KindIcon kind={kind} /></g>
            <text x="34" y="24" fontSize="13" fontWeight="600" fill="var(--ink)">{name}</text>
            <path d="M-5 13.5l10 5.5l-10 5.5z" fill="var(--node)" stroke={colour} strokeWidth="1.6" strokeLinejoin="round" />
            <path d="M99 13.5l10 5.5l-10 5.5z" fill={colour} stroke={colour} strokeWidth="1.6" strokeLinejoin="round" />
          </g>
        ))}
      </svg>
      <h1>Draw it, run it, break it.</h1>
      <p>Supervision trees and protocols in one drawing.<br />The simulator is the runtime.</p>
    </div>
  );
}
