import { expect, test } from 'vitest';
import { parseEvent } from '../index.ts';
import { type OrderLine, orderCollector } from './online-retail.ts';

const line = (change: Partial<OrderLine>): OrderLine => ({
  InvoiceNo: '536365',
  StockCode: '85123A',
  Description: 'HOLDER ',
  Quantity: '6',
  InvoiceDate: '2010-12-01 08:26:00',
  UnitPrice: '2.55',
  CustomerID: '17850.0',
  Country: 'United Kingdom',
  ...change,
});

function read(...lines: OrderLine[]) {
  const collector = orderCollector();
  for (const each of lines) collector.add(each);
  return collector.finish();
}

test('an invoice is one event at its earliest line, its total exact', () => {
  const { messages, ...counts } = read(
    line({ InvoiceDate: '2010-12-01 08:28:00', Quantity: '3', UnitPrice: '0.1' }),
    line({ StockCode: '71053', Quantity: '1', UnitPrice: '0.2' }),
  );
  expect(counts).toEqual({ lines: 2, linesWithoutCustomer: 0, orders: 1, refunds: 0, customers: 1 });
  expect(messages).toMatchObject([
    {
      messageId: 'retail-17850-536365',
      userId: '17850',
      event: 'Order Completed',
      timestamp: '2010-12-01T08:26:00.000Z',
      properties: {
        order_id: '536365',
        total: 0.5,
        currency: 'GBP',
        product_count: 2,
        products: [{ name: 'HOLDER', quantity: 3 }, { product_id: '71053' }],
      },
    },
  ]);
  expect(parseEvent(messages[0], { time: '2010-12-01T09:00:00Z' }, '2010-12-01T09:00:00Z').ok).toBe(true);
});

test('a cancellation is a refund; lines without a customer are counted', () => {
  const { messages, linesWithoutCustomer } = read(
    line({ InvoiceNo: 'C536379', Quantity: '-1' }),
    line({ CustomerID: '' }),
    line({ InvoiceNo: '2' }),
  );
  expect(messages.map((message) => [message.event, message.properties?.['total']])).toEqual([
    ['Order Completed', 15.3],
    ['Order Refunded', -2.55],
  ]);
  expect(linesWithoutCustomer).toBe(1);
});

test('events carry a bounded list of articles, and the total of all of them', () => {
  const { messages } = read(
    ...Array.from({ length: 50 }, (_, i) => line({ StockCode: `s${i}`, Quantity: '1', UnitPrice: '1' })),
  );
  expect(messages[0]?.properties).toMatchObject({ total: 50, product_count: 50, products: { length: 20 } });
});

test.each<[Partial<OrderLine>, RegExp]>([
  [{ Quantity: 'six' }, /Line 1: Quantity is no whole number: six/],
  [{ InvoiceDate: 'yesterday' }, /Line 1: InvoiceDate is no date/],
  [{ UnitPrice: undefined as unknown as string }, /Line 1: column UnitPrice is missing/],
])('a line with %j is refused by its number', (change, message) => {
  expect(() => read(line(change))).toThrow(message);
});
