import { describe, expect, test } from 'vitest';
import { eventsOf, fixture, problemOf } from '../../../test/support/event-fixtures.ts';

const first = (name: string, change?: Parameters<typeof fixture>[1]) => eventsOf(fixture(name, change))[0]!;

describe('Stripe', () => {
  test('a paid session without an invoice is the order, of the user whom the app named', () => {
    expect(first('stripe-checkout-session-completed')).toMatchObject({
      id: 'stripe:evt_1PAbCheckout',
      customer: 'u_1001',
      name: 'Order Completed',
      at: '2026-11-20T08:29:58.000Z',
      properties: { order_id: 'pi_3PAbCdEf', total: 128.5, currency: 'USD' },
      context: { source: 'stripe', test: true },
    });
  });

  test.each([
    ['whose invoice tells the payment', { mode: 'subscription', invoice: 'in_1' }],
    ['that is to be paid later', { payment_status: 'unpaid' }],
  ])('a session %s is no order', (_, change) => {
    const session = first('stripe-checkout-session-completed', ({ data }) => Object.assign(data.object, change));
    expect(session.name).toBe('Checkout Completed');
  });

  test('a paid invoice is the order; yen have no hundredths', () => {
    expect(first('stripe-invoice-paid')).toMatchObject({
      customer: 'stripe:cus_RfG7hJ8kL9',
      name: 'Order Completed',
      properties: {
        order_id: 'in_1PAbInvoice',
        total: 3000,
        currency: 'JPY',
        subscription: 'sub_1PAbSub',
        products: [{ product_id: 'prod_Pro', quantity: 1 }],
      },
    });
  });

  test('an invoice over nothing, as a trial begins with, is no order', () => {
    const trial = first('stripe-invoice-paid', ({ data }) =>
      Object.assign(data.object, { amount_paid: 0, amount_due: 0 }),
    );
    expect(trial.name).toBe('Invoice Paid');
  });

  test('a refund is what was paid back this time, of whom the receipt went to', () => {
    expect(first('stripe-charge-refunded')).toMatchObject({
      customer: 'email:li.wei@example.com',
      name: 'Order Refunded',
      properties: { order_id: 'pi_3PAbCdEf', total: 30, full: false },
    });
  });

  test('a subscription says what it was before', () => {
    expect(first('stripe-subscription-updated')).toMatchObject({
      customer: 'u_1001',
      name: 'Subscription Updated',
      properties: { status: 'active', status_before: 'trialing', plan: 'pro_monthly', amount: 29 },
    });
  });

  test('a customer record becomes traits; both her ids are kept for joining', () => {
    const record = fixture('stripe-customer-updated', ({ data }) =>
      Object.assign(data.object.metadata, { user_id: 'u_1001' }),
    );
    expect(eventsOf(record)).toMatchObject([
      { name: '$identify', customer: 'u_1001', traits: { name: 'Li Wei', city: 'Hangzhou' } },
    ]);
  });

  test('a type without a name in the spec keeps its own', () => {
    const dispute = fixture('stripe-charge-refunded', (detail) =>
      Object.assign(detail, { type: 'charge.dispute.created' }),
    );
    expect(eventsOf(dispute)[0]).toMatchObject({
      name: 'charge.dispute.created',
      properties: { amount: 12850, status: 'succeeded' },
    });
  });

  test('the account’s own news are kept and not taken for a mistake; a payment of nobody is one', () => {
    expect(problemOf(fixture('stripe-balance-available')).code).toBe('source-not-about-customers');
    const nobody = fixture('stripe-charge-refunded', ({ data }) => Object.assign(data.object, { billing_details: {} }));
    expect(problemOf(nobody)).toMatchObject({ code: 'source-no-customer', field: 'data.object.customer' });
  });
});
