import type { OrderMessage } from '../../shared/events/adapters/online-retail.ts';

const DAY = 86_400_000;

/** What the dormancy journey must have done, reckoned from the orders alone, without any of the product's code. */
export interface Dormancy {
  readonly entered: number;
  readonly customers: number;
  readonly at7: number;
  readonly at15: number;
  readonly endedByOrder: number;
}

/**
 * A customer falls silent 7 days after an order with none since, each time anew; the first message goes out then, the
 * second at 15 days; an order ends it. `until` is where the clock stands at the end.
 */
export function dormancyOf(messages: readonly OrderMessage[], until: string): Dormancy {
  const orders = Map.groupBy(
    messages.filter((message) => message.event === 'Order Completed'),
    (message) => message.userId ?? '',
  );
  const total = { entered: 0, customers: 0, at7: 0, at15: 0, endedByOrder: 0 };
  for (const list of orders.values()) {
    const times = list.map((message) => Date.parse(message.timestamp)).sort((a, b) => a - b);
    let silences = 0;
    times.forEach((at, i) => {
      const next = times[i + 1];
      const silent = (next ?? Date.parse(until)) - at;
      // An order at the very moment of the seventh day: time passes first, then the order happens.
      if (silent < 7 * DAY) return;
      silences += 1;
      total.at7 += 1;
      if (silent >= 15 * DAY) total.at15 += 1;
      if (next !== undefined) total.endedByOrder += 1;
    });
    total.entered += silences;
    if (silences > 0) total.customers += 1;
  }
  return total;
}
