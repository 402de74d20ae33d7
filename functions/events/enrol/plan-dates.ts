import { traitsBrought } from '../../../shared/journey/index.ts';
import type { Happened } from '../../ports/profiles/index.ts';
import { entriesByTime } from '../../timers/begin/entries.ts';
import { planFor } from '../../timers/begin/plan-for.ts';
import type { CustomerView } from './customer.ts';
import type { Watch } from './watch.ts';

/** An event that brings a trait may move the moment at which a date of hers lets her in; history does so as well. */
export async function planDates({ happening }: Happened, customer: CustomerView, watch: Watch): Promise<void> {
  const traits = traitsBrought(happening);
  if (traits === undefined) return;
  for (const { clock, ...entry } of entriesByTime(watch).values()) {
    if (clock.of !== 'customer' || !(clock.reads in traits)) continue;
    await planFor(await customer.profile(), { ...entry, clock });
  }
}
