export function useRestartScope(): void {}
