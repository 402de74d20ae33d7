import { expect, it } from 'vitest';
import { type RememberedStops, remember } from './states.ts';

it('of what stops a message it is remembered that and when it happened, newest first come or last, and nothing else', () => {
  const names = ['Unsubscribed', 'Subscribed'];
  const said = (name: string, at: string) => ({ name, at, properties: { reason: 'x'.repeat(30_000) } });
  const march = said('Unsubscribed', '2026-03-01T00:00:00.000Z');
  const april = said('Unsubscribed', '2026-04-01T00:00:00.000Z');
  const other = said('Order Completed', '2026-05-01T00:00:00.000Z');
  const expected = { names, events: { Unsubscribed: { name: 'Unsubscribed', at: april.at } } };
  for (const order of [
    [march, april, other],
    [april, march],
    [other, april],
  ]) {
    const events = order.reduce<RememberedStops>((stops, event) => remember(stops, [event]), { names, events: {} });
    expect(events).toEqual(expected);
  }
});
