import { selectMocks, useMocks } from './mocks';
import { useRun } from './run';

/** Whether mocks stand in for nodes of what is shown: in the run as it says itself, in a simulation as it was begun. */
export function useHasMocks(isSimulated: boolean): boolean {
  const inRun = useRun(({ state }) => (state?.mocked.length ?? 0) > 0);
  const given = useMocks((state) => selectMocks(state).size > 0);
  return isSimulated ? given : inRun;
}
