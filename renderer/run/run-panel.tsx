export function RunPanel() {
  return <section aria-label="Run" />;
}
