import { useEffect, useState } from 'react';
import { useLocalClock } from '../api/local.ts';

/** The stack's time in ms, ticking along with it: local time can be moved and frozen; elsewhere it is real time. */
export function useStackNow(tick = 15_000): number {
  const { clock, readAt } = useLocalClock();
  const [real, setReal] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setReal(Date.now()), tick);
    return () => clearInterval(timer);
  }, [tick]);
  if (clock === undefined) return real;
  const base = Date.parse(clock.now);
  return clock.frozen ? base : base + Math.max(0, real - readAt);
}
