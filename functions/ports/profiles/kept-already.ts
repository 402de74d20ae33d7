import type { CustomerEvent } from '../../../shared/events/index.ts';
import { batchGet, type Key } from '../tables/index.ts';
import { customerPk, eventSk, orderSks } from './keys.ts';

/**
 * Which of these events are kept already, or tell of an order that is known: to take them in again would change nothing.
 * Events whose time is not their own are not recognised here.
 *
 * @param owner the customer whose an id is now
 */
export async function keptAlready(
  events: readonly CustomerEvent[],
  owner: (id: string) => string,
): Promise<(event: CustomerEvent) => boolean> {
  const keysOf = (event: CustomerEvent): Key[] =>
    [eventSk(event), ...orderSks(event)].map((sk) => ({ pk: customerPk(owner(event.customer)), sk }));
  const found = await batchGet({ profiles: events.flatMap(keysOf) });
  return (event) => keysOf(event).some((key) => found('profiles', key) !== undefined);
}
