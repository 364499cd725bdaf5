export function Problems() {
  return <section aria-label="Problems" />;
}
export const useProblemCount = (): number => 0;
