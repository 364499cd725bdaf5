export function Canvas() {
  return <section aria-label="Canvas" />;
}
