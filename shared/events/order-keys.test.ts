import { describe, expect, it } from 'vitest';
import { eventsOf, fixture } from '../../test/support/event-fixtures.ts';
import { IMPORT_KINDS, mapColumns, rowOf } from '../imports/index.ts';
import { orderKeys } from './index.ts';

const keys = (name: string, properties: object, at = '2026-11-20T08:29:58.120Z') =>
  orderKeys({ name, properties: { ...properties }, at });

/** What a file of orders says of one. */
function imported(number: string): readonly string[] {
  const orders = IMPORT_KINDS.find(({ id }) => id === 'orders')!;
  const headings = ['订单号', '会员ID', '下单时间'];
  const { mapping } = mapColumns(orders, headings, {});
  const context = { zone: 'Asia/Shanghai', asOf: '2026-12-01T00:00:00Z', startJourneys: false };
  const reader = orders.read({ ...context, tagKey: () => undefined, seenBefore: () => false });
  reader.take(rowOf(2, [number, 'u_1', '2026-11-20 16:29'], headings, mapping));
  const [outcome] = reader.finish();
  const { message } = outcome !== undefined && 'messages' in outcome ? outcome.messages[0]! : { message: undefined };
  return keys(String(message?.event), (message?.['properties'] ?? {}) as object);
}

describe('an order is known by its number', () => {
  it('whichever of its two numbers a source or a file has', () => {
    expect(keys('Order Completed', { order_id: 706, order_number: '#1001' })).toEqual([
      'Order Completed#706',
      'Order Completed#1001',
    ]);
    expect(keys('Order Completed', { order_id: 'A1', order_number: '#A1' })).toEqual(['Order Completed#A1']);
    expect(imported('1001')).toEqual(keys('Order Completed', { order_id: '#1001' }));
  });

  it('which says nothing of what happens to it several times, or where there is none', () => {
    expect(keys('Order Refunded', { order_id: 'A1' })).toEqual([]);
    expect(keys('Order Refunded', { total: 20 })).toEqual([]);
    expect(keys('Order Shipped', { order_id: 'A1' })).toEqual([]);
    expect(keys('Order Completed', { total: 9 })).toEqual([]);
    expect(keys('Order Completed', { order_id: ' ' })).toEqual([]);
  });

  it('and so is a refund by its own, or as that of a whole order', () => {
    expect(keys('Order Refunded', { order_id: 'A1', refund_id: 929 })).toEqual(['Order Refunded#929']);
    expect(keys('Order Refunded', { order_id: 7, order_number: '#A1', whole_order: true })).toEqual([
      'Order Refunded Whole#7',
      'Order Refunded Whole#A1',
    ]);
    // A part without a number: by its order, its sum and the minute.
    const part = keys('Order Refunded', { order_id: '#A1', total: 20 });
    expect(part).toEqual(['Order Refunded Part#A1#2000#2026-11-20T08:29']);
    expect(keys('Order Refunded', { order_id: 'A1', total: -20 }, '2026-11-20T08:29:00.000Z')).toEqual(part);
    expect(keys('Order Refunded', { order_id: 'A1', total: 20 }, '2026-11-20T08:30:00.000Z')).not.toEqual(part);
    // Two lines of the same price, paid back one after the other, are two.
    const line = (product_id: string) => ({ order_id: 'A1', total: 20, products: [{ product_id, quantity: 1 }] });
    expect(keys('Order Refunded', line('cream'))).not.toEqual(keys('Order Refunded', line('serum')));
    // Neither is taken for the other, nor for the order.
    expect(keys('Order Refunded', { order_id: 'A1', refund_id: 'A1', whole_order: true })).toEqual([
      'Order Refunded#A1',
      'Order Refunded Whole#A1',
    ]);
  });

  it.each([
    ['shopify-orders-create', ['5820982111911', '1001']],
    ['stripe-checkout-session-completed', ['pi_3PAbCdEf', 'A-77']],
    ['stripe-invoice-paid', ['in_1PAbInvoice', 'A-77']],
    ['ga4-purchase', ['T_12345']],
  ])('%s comes with the numbers that a file would have', (name, numbers) => {
    const told = fixture(name, (detail) => {
      const { data } = detail as { data?: { object: Record<string, unknown> } };
      if (data !== undefined) data.object['metadata'] = { ...(data.object['metadata'] as object), order_id: 'A-77' };
    });
    const order = eventsOf(told).find((event) => event.name === 'Order Completed')!;
    for (const number of numbers) expect(orderKeys(order)).toEqual(expect.arrayContaining([...imported(number)]));
  });
});
