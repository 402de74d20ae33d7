import type { ReactNode } from 'react';
import { useLocalClock } from '../api/local.ts';
import { useRuleset } from '../api/rules.ts';
import { Loading } from '../ui/states.tsx';

/**
 * Shows the pages once it is known in which zone times are told and what time it is: a moment that is told in another
 * zone first and then jumps is worse than one that comes a moment later. Where neither can be read they are shown, too.
 */
export function InTime({ children }: { children: ReactNode }) {
  const zone = useRuleset().isPending;
  const clock = useLocalClock().pending;
  return zone || clock ? <Loading /> : children;
}
