export function HandlerField({ path }: { readonly path: string }) {
  return <p>{path}</p>;
}
