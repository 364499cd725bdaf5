import { useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** The time, a second at a time, while whoever asks is on the screen. */
export function useNow(): number {
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
