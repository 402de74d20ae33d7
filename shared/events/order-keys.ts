import type { CustomerEvent } from './event.ts';

/** What happens to an order once. Refunds and shipments are not among them: an order may have several. */
const ONCE = ['Order Completed', 'Order Paid', 'Order Cancelled'];
const REFUND = 'Order Refunded';
/** The number that programs know an order by, and the one that people are told; a file may have either. */
const NUMBERS = ['order_id', 'order_number'];

/**
 * By what an order is known whichever way it comes (live, by another source, from a file): an event of one customer is a
 * repetition when one of these was there before, though its messageId and time differ. Nothing for other events.
 */
export function orderKeys({ name, properties }: Pick<CustomerEvent, 'name' | 'properties'>): readonly string[] {
  if (name === REFUND) return refundKeys(properties);
  return ONCE.includes(name) ? numbersIn(properties).map((number) => `${name}#${number}`) : [];
}

/**
 * A refund has a number of its own (`refund_id`); and that a whole order (`whole_order`) is paid back happens once, in
 * however many parts. A part without a number is like no other: an order may have two of the same sum on one day.
 */
function refundKeys(properties: CustomerEvent['properties']): readonly string[] {
  const own = numberIn(properties['refund_id']);
  const whole = properties['whole_order'] === true ? numbersIn(properties) : [];
  return [...(own === undefined ? [] : [`${REFUND}#${own}`]), ...whole.map((number) => `${REFUND} Whole#${number}`)];
}

const numbersIn = (properties: CustomerEvent['properties']): readonly string[] => [
  ...new Set(NUMBERS.flatMap((field) => numberIn(properties[field]) ?? [])),
];

/** Shops write #1001 where their files say 1001. */
function numberIn(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = String(value).trim().replace(/^#/, '');
  return number === '' || number.length > 200 ? undefined : number;
}
