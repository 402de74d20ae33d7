import { describe, expect, test } from 'vitest';
import { eventsOf, fixture, problemOf } from '../../../test/support/event-fixtures.ts';

describe('Shopify', () => {
  test('an order placed is Order Completed, at the moment it was placed', () => {
    expect(eventsOf(fixture('shopify-orders-create'))).toEqual([
      {
        id: 'shopify:orders/create:5820982111911:2026-11-20T08:29:58.000Z',
        customer: 'shopify:7064055069303',
        name: 'Order Completed',
        type: 'track',
        at: '2026-11-20T08:29:58.000Z',
        received: '2026-11-26T00:00:00.000Z',
        properties: {
          order_id: '5820982111911',
          order_number: '#1001',
          checkout_id: '37119608946215',
          total: 398,
          subtotal: 398,
          tax: 0,
          discount: 10,
          currency: 'CNY',
          coupon: 'NEW10',
          financial_status: 'paid',
          channel: 'web',
          product_count: 2,
          products: [
            {
              product_id: '8632910392039',
              sku: 'CREAM-50',
              name: '抗衰面霜',
              variant: '50g',
              brand: '花径',
              quantity: 1,
              price: 299,
            },
            { product_id: '8632910424807', sku: 'SERUM-S', name: '精华小样', brand: '花径', quantity: 2, price: 54.5 },
          ],
        },
        context: { source: 'shopify' },
      },
    ]);
  });

  test('an update brings the refund of that day, once, with what was really paid back', () => {
    const [update, ...refunds] = eventsOf(fixture('shopify-orders-updated'));
    expect(update).toMatchObject({ name: 'Order Updated', properties: { financial_status: 'partially_refunded' } });
    expect(refunds.map(({ id, name, at, properties }) => ({ id, name, at, properties }))).toEqual([
      {
        id: 'shopify:refund:929361461799:2026-11-25T02:05:10.000Z',
        name: 'Order Refunded',
        at: '2026-11-25T02:05:10.000Z',
        properties: {
          order_id: '5820982111911',
          order_number: '#1001',
          refund_id: '929361461799',
          total: 54.5,
          currency: 'CNY',
        },
      },
    ]);
  });

  test('of an order that is paid back as a whole the last refund says so', () => {
    const paidBack = fixture('shopify-orders-updated', ({ payload }) =>
      Object.assign(payload, { financial_status: 'refunded', updated_at: '2026-11-21T20:00:00+08:00' }),
    );
    const refunds = eventsOf(paidBack).filter(({ name }) => name === 'Order Refunded');
    expect(refunds.map(({ properties }) => [properties['refund_id'], properties['whole_order']])).toEqual([
      ['929361461799', true],
      ['929361461700', undefined],
    ]);
  });

  test('a customer’s record becomes her traits', () => {
    expect(eventsOf(fixture('shopify-customers-update'))).toMatchObject([
      {
        name: '$identify',
        customer: 'shopify:7064055069303',
        traits: {
          name: 'Wei Li',
          email: 'li.wei@example.com',
          city: '上海',
          emailConsent: 'subscribed',
          shopifyTags: ['vip', 'sensitive-skin'],
        },
      },
    ]);
  });

  test('a cart that carries the app’s own id belongs to that user', () => {
    expect(eventsOf(fixture('shopify-checkouts-create'))).toMatchObject([
      { name: 'Checkout Started', customer: 'u_1001', at: '2026-11-20T08:20:00.000Z', properties: { total: 299 } },
    ]);
    const [begun] = eventsOf(fixture('shopify-checkouts-create'));
    const [ordered] = eventsOf(fixture('shopify-orders-create'));
    expect(begun?.properties).not.toHaveProperty('order_id');
    expect(begun?.properties['checkout_id']).toBe(ordered?.properties['checkout_id']);
  });

  test('a guest is known by her mail address', () => {
    const guest = fixture('shopify-orders-create', ({ payload }) => {
      payload.customer = null;
      payload.email = 'Guest@Example.com';
    });
    expect(eventsOf(guest)[0]?.customer).toBe('email:guest@example.com');
  });

  test('a topic without a name in the spec keeps its own, with its plain values', () => {
    const other = fixture('shopify-customers-update', (detail) => {
      detail.metadata['X-Shopify-Topic'] = 'customer.tags_added';
      detail.payload = {
        customer_id: 7064055069303,
        tags: ['vip'],
        occurred_at: '2026-11-20T08:00:00Z',
        level: 'gold',
      };
    });
    expect(eventsOf(other)).toMatchObject([
      { name: 'customer.tags_added', customer: 'shopify:7064055069303', properties: { level: 'gold' } },
    ]);
  });

  test('newer deliveries write their headers without X-', () => {
    const newer = fixture('shopify-orders-create', (detail) => {
      detail.metadata = { 'shopify-topic': 'orders/paid', 'shopify-triggered-at': '2026-11-20T08:30:02.110Z' };
    });
    expect(eventsOf(newer)[0]).toMatchObject({ name: 'Order Paid', at: '2026-11-20T08:30:01.000Z' });
  });

  test('what names no customer is refused, with the topics that do', () => {
    expect(problemOf(fixture('shopify-products-update'))).toMatchObject({
      code: 'source-no-customer',
      field: 'payload.customer',
      en: expect.stringContaining('orders/updated'),
    });
  });
});
