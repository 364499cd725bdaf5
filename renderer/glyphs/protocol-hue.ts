/** A protocol is a wavelength: hues are given in the order in which a design names its protocols (look.md sections 1 and 3). */
const HUES = 8;

export type ProtocolHue = { readonly colour: string; /** The ninth begins again at the first hue, with a double line. */ readonly isDoubled: boolean };

export function hueOf(protocol: string | undefined, protocols: readonly string[]): ProtocolHue {
  const index = protocol === undefined ? -1 : protocols.indexOf(protocol);
  if (index < 0) return { colour: 'var(--edge)', isDoubled: false };
  return { colour: `var(--p${(index % HUES) + 1})`, isDoubled: index >= HUES };
}
