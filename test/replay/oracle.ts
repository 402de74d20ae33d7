import type { OrderMessage } from '../../shared/events/adapters/online-retail.ts';

const DAY = 86_400_000;

/** What the dormancy journey must have done, reckoned from the orders alone, without any of the product's code. */
export interface Dormancy {
  readonly entered: number;
  readonly customers: number;
  /** Messages sent, by card. */
  readonly at7: number;
  readonly at15: number;
  /** Messages that the cap of silent customers held: at most two in 30 days. */
  readonly capped: number;
  readonly endedByOrder: number;
}

/**
 * A customer falls silent 7 days after an order with none since, each time anew; the first message goes out then, the
 * second at 15 days, unless she has had two in the 30 days before; an order ends it. `until` is where the clock stands at the end.
 */
export function dormancyOf(messages: readonly OrderMessage[], until: string): Dormancy {
  const orders = Map.groupBy(
    messages.filter((message) => message.event === 'Order Completed'),
    (message) => message.userId ?? '',
  );
  const total = { entered: 0, customers: 0, at7: 0, at15: 0, capped: 0, endedByOrder: 0 };
  for (const list of orders.values()) {
    const times = list.map((message) => Date.parse(message.timestamp)).sort((a, b) => a - b);
    let silences = 0;
    const sent: number[] = [];
    const due = (card: 'at7' | 'at15', when: number) => {
      if (sent.filter((one) => one > when - 30 * DAY).length >= 2) total.capped += 1;
      else {
        total[card] += 1;
        sent.push(when);
      }
    };
    times.forEach((at, i) => {
      const next = times[i + 1];
      const silent = (next ?? Date.parse(until)) - at;
      // An order at the very moment of the seventh day: time passes first, then the order happens.
      if (silent < 7 * DAY) return;
      silences += 1;
      due('at7', at + 7 * DAY);
      if (silent >= 15 * DAY) due('at15', at + 15 * DAY);
      if (next !== undefined) total.endedByOrder += 1;
    });
    total.entered += silences;
    if (silences > 0) total.customers += 1;
  }
  return total;
}
