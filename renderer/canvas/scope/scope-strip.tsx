export function ScopeStrip() {
  return null;
}
