export function SendDialog(_: { readonly node?: string }) {
  return null;
}
