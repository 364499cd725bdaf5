export function SimulateDialog() {
  return null;
}
