import { describe, expect, test } from 'vitest';
import { eventsOf, fixture, NOW, problemOf } from '../../../test/support/event-fixtures.ts';
import { readEnvelope } from '../index.ts';

describe('GA4', () => {
  test('a request is as many messages as it holds events, and one for the user’s properties', () => {
    expect(eventsOf(fixture('ga4-purchase')).map(({ id, name, at }) => [id, name, at])).toEqual([
      ['ga4:u_1001:1795163398123456:3:identify', '$identify', '2026-11-20T08:29:58.123Z'],
      ['ga4:u_1001:1795163398123456:0:view_item', 'Product Viewed', '2026-11-20T08:29:58.123Z'],
      ['ga4:purchase:T_12345', 'Order Completed', '2026-11-20T08:29:58.123Z'],
      ['ga4:u_1001:1795163398123456:2:tutorial_begin', 'tutorial_begin', '2026-11-20T08:29:58.123Z'],
    ]);
  });

  test('items become products; the one looked at is named at the top, with the seconds she looked', () => {
    const [traits, view, order] = eventsOf(fixture('ga4-purchase'));
    expect(traits?.traits).toEqual({ customer_tier: 'premium' });
    expect(view?.properties).toMatchObject({ product_id: 'SKU_12345', category: '面霜', dwell_s: 42, total: 99.5 });
    expect(order?.properties).toMatchObject({
      order_id: 'T_12345',
      total: 199,
      coupon: 'SUMMER_FUN',
      product_count: 2,
    });
  });

  test('without a time the bus’s id tells a repeated delivery', () => {
    const plain = fixture('ga4-purchase', (detail) => {
      detail.timestamp_micros = undefined;
      detail.user_id = undefined;
    });
    const read = readEnvelope(plain, NOW);
    expect(read).toMatchObject({
      ok: true,
      events: [{ event: { customer: '1234567.7654321', at: '2026-11-20T08:30:03.000Z' } }, {}, {}, {}],
    });
    expect(read.ok && read.events[1]?.event.id).toBe(`ga4:${plain.id}:0:view_item`);
  });

  test('nobody’s request is refused; so is all of a request of which one event is wrong', () => {
    const nobody = fixture('ga4-purchase', (detail) =>
      Object.assign(detail, { client_id: undefined, user_id: undefined }),
    );
    expect(problemOf(nobody)).toMatchObject({ code: 'source-no-customer', field: 'client_id' });
    const unnamed = fixture('ga4-purchase', ({ events }) => Object.assign(events[2], { name: '' }));
    expect(problemOf(unnamed)).toMatchObject({ code: 'source-shape', field: 'events.2.name' });
  });
});
