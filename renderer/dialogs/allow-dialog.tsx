export function AllowDialog() {
  return null;
}
