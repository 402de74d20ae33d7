import type { Enrolment } from '../../ports/enrolments/index.ts';
import { type Happened, orderAfter } from '../../ports/profiles/index.ts';
import type { CustomerView } from './customer.ts';

/**
 * Whether what happened is a matter of this passage, which may have begun under another of her ids. What happened to one
 * id before the two were joined is that id's past, however late it is told: versions of two ids cannot be compared, and
 * an old order of the one is no conversion of the other's passage.
 */
export async function isOfBoth(happened: Happened, enrolment: Enrolment, customer: CustomerView): Promise<boolean> {
  if (happened.customer === enrolment.customer) return true;
  const { customer: nowKnownAs, joined, joinedBefore = {} } = await customer.person();
  const since = (happened.customer === nowKnownAs ? joined : joinedBefore)[enrolment.customer];
  if (since !== undefined) return happened.order > orderAfter(since);
  // An id that was given up has only a past. Of who was joined before this was kept, all counts.
  return happened.customer === nowKnownAs;
}
