import type { Change, Kept } from '../../shared/profile/index.ts';
import { segmentKey } from '../../shared/rules/index.ts';
import { allKept, keptAfter, type Loaded } from '../ports/profiles/index.ts';
import type { Effect } from './context.ts';

/** All that is kept of a customer. */
export async function keptOf(loaded: Loaded): Promise<Kept> {
  return { ...(await keptAfter(loaded.customer, 0)), complete: allKept(loaded) };
}

export function effectOf(changes: readonly Change[], partly: boolean): Effect {
  const gained: string[] = [];
  const lost: string[] = [];
  for (const change of changes) {
    if (change.type === 'tag') (change.op === 'added' ? gained : lost).push(change.key);
    if (change.type === 'segment') (change.op === 'entered' ? gained : lost).push(segmentKey(change.segment));
  }
  return { gained, lost, partly };
}
