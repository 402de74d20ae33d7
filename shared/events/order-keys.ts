import type { CustomerEvent } from './event.ts';

/** What happens to an order once. Refunds and shipments are not among them: an order may have several. */
const ONCE = ['Order Completed', 'Order Paid', 'Order Cancelled'];
/** The number that programs know an order by, and the one that people are told; a file may have either. */
const NUMBERS = ['order_id', 'order_number'];

/**
 * By what an order is known whichever way it comes (live, by another source, from a file): an event of one customer is a
 * repetition when one of these was there before, though its messageId and time differ. Nothing for other events.
 */
export function orderKeys({ name, properties }: Pick<CustomerEvent, 'name' | 'properties'>): readonly string[] {
  if (!ONCE.includes(name)) return [];
  const numbers = NUMBERS.flatMap((field) => numberIn(properties[field]) ?? []);
  return [...new Set(numbers)].map((number) => `${name}#${number}`);
}

/** Shops write #1001 where their files say 1001. */
function numberIn(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = String(value).trim().replace(/^#/, '');
  return number === '' || number.length > 200 ? undefined : number;
}
