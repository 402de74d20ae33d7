import type { CustomerState } from '../../../shared/profile/index.ts';
import type { Loaded } from './states.ts';

/** Who was seen within this time (ms) before is likely to be seen again before she is due. */
const BUSY = 86_400_000;

/**
 * The moment under which her row is to lie in the index of due moments: never later than the true one, so that the sweep
 * misses nothing, and mostly the true one. Of somebody who comes again and again each event puts the true one off; there
 * the row stays where it is, until the sweep finds it too early and moves it. That saves two of six write units an event.
 *
 * @param loaded as she was before; `due` is where her row lies
 * @param now ISO 8601, UTC
 */
export function indexedDue({ due, state }: Loaded, next: CustomerState, now: string): string | undefined {
  const isTrue = next.dueAt;
  if (due === undefined || isTrue === undefined || due >= isTrue || due <= now) return isTrue;
  return isBusy(state.lastSeenAt, next.lastSeenAt) ? due : isTrue;
}

const isBusy = (before: string | undefined, after: string | undefined): boolean =>
  before !== undefined && after !== undefined && Date.parse(after) - Date.parse(before) < BUSY;
