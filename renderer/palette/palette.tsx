export function Palette() {
  return <section aria-label="Palette" />;
}
