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
export function orderKeys({
  name,
  properties,
  at,
}: Pick<CustomerEvent, 'name' | 'properties' | 'at'>): readonly string[] {
  if (name === REFUND) return refundKeys(properties, at);
  return ONCE.includes(name) ? numbersIn(properties).map((number) => `${name}#${number}`) : [];
}

/**
 * A refund has a number of its own (`refund_id`); and that a whole order (`whole_order`) is paid back happens once, in
 * however many parts. A part without a number is known by its order, its sum, the minute (files tell no seconds), and
 * the lines that it names: an order may have two of the same sum on one day.
 */
function refundKeys(properties: CustomerEvent['properties'], at: string): readonly string[] {
  const own = numberIn(properties['refund_id']);
  const whole = properties['whole_order'] === true ? numbersIn(properties) : [];
  return [
    ...(own === undefined ? partKeys(properties, at) : [`${REFUND}#${own}`]),
    ...whole.map((number) => `${REFUND} Whole#${number}`),
  ];
}

function partKeys(properties: CustomerEvent['properties'], at: string): readonly string[] {
  const total = Number(properties['total'] ?? Number.NaN);
  if (!Number.isFinite(total)) return [];
  // Some write what was paid back with a minus.
  const sum = Math.abs(Math.round(total * 100));
  const what = [sum, at.slice(0, 'yyyy-mm-ddThh:mm'.length), ...linesIn(properties['products'])].join('#');
  return numbersIn(properties).map((number) => `${REFUND} Part#${number}#${what}`);
}

/** What is paid back, where it is told; in any order. */
function linesIn(products: unknown): readonly string[] {
  if (!Array.isArray(products) || products.length === 0) return [];
  const lines = products.map((line: { product_id?: unknown; quantity?: unknown } | null) =>
    [line?.product_id ?? '', line?.quantity ?? 1].join(' x '),
  );
  return [lines.sort().join(', ').slice(0, 400)];
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
