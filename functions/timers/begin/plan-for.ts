import type { Clock } from '../../../shared/journey/index.ts';
import { planDate } from '../../ports/begins/index.ts';
import { nowMs } from '../../ports/clock/index.ts';
import type { Loaded } from '../../ports/profiles/index.ts';
import type { EntryByTime } from './entries.ts';

/** Plans the next moment at which a date of hers lets her in by this entry. */
export async function planFor(
  { customer, version, state: { traits } }: Loaded,
  { journey, node, clock, zone }: EntryByTime & { readonly clock: Extract<Clock, { of: 'customer' }> },
): Promise<void> {
  const next = clock.next(traits, nowMs(), zone);
  // A row that is there may be of another date.
  await planDate({ customer, journey, node }, next && new Date(next.at).toISOString(), version);
}
