export function ProtocolPanel({ name }: { readonly name: string }) {
  return <p>{name}</p>;
}
