import { type Change, type Kept, movedBy } from '../../shared/profile/index.ts';
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
    const moved = movedBy(change);
    if (moved !== undefined) (moved.op === 'added' ? gained : lost).push(moved.key);
  }
  return { gained, lost, partly };
}
