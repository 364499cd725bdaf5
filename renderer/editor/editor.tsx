export function Editor() {
  return <section aria-label="Editor" />;
}
