/**
 * Online Retail files (UCI data set "Online Retail": one line per article on an invoice) as events: one per customer
 * and invoice, `Order Completed`, or `Order Refunded` where the invoice number begins with C.
 */
import { addExact, type Exact, fromExact, toExact } from '../../rules/index.ts';
import type { SegmentMessage } from '../segment-message.ts';

/** A parsed line, by column name; other columns are not looked at. */
export interface OrderLine {
  readonly InvoiceNo: string;
  readonly StockCode: string;
  readonly Description?: string;
  readonly Quantity: string;
  /** "2010-12-01 08:26:00", UTC; ISO 8601 is read too. */
  readonly InvoiceDate: string;
  readonly UnitPrice: string;
  readonly CustomerID: string;
  readonly Country?: string;
}

/** An order's message always says when. */
export type OrderMessage = SegmentMessage & { readonly timestamp: string };

export interface OrdersRead {
  /** In the order of (time, messageId). */
  readonly messages: readonly OrderMessage[];
  readonly lines: number;
  /** Lines that name no customer: counted, since nobody can be told about them. */
  readonly linesWithoutCustomer: number;
  readonly orders: number;
  readonly refunds: number;
  readonly customers: number;
}

/** An event carries at most this many articles; `product_count` says how many there were. */
const MAX_PRODUCTS = 20;

interface Invoice {
  readonly customer: string;
  readonly number: string;
  readonly country: string | undefined;
  at: string;
  total: Exact;
  count: number;
  readonly products: Product[];
}

interface Product {
  readonly product_id: string;
  readonly name?: string;
  readonly quantity: number;
  readonly price: number;
}

/**
 * Takes lines one by one, in any order; an invoice's time is its earliest line's, its total the exact sum of quantity
 * times price over all its lines. Holds the invoices, not the lines.
 *
 * @throws Error naming the line when a column is missing or no number or date
 */
export function orderCollector() {
  const invoices = new Map<string, Invoice>();
  const customers = new Set<string>();
  let lines = 0;
  let linesWithoutCustomer = 0;
  return {
    add(line: OrderLine): void {
      lines++;
      const customer = text(line, 'CustomerID', lines).replace(/\.0$/, '');
      if (customer === '') {
        linesWithoutCustomer++;
        return;
      }
      const invoice = text(line, 'InvoiceNo', lines);
      const at = instant(line, lines);
      const quantity = number(line, 'Quantity', lines);
      const price = number(line, 'UnitPrice', lines);
      customers.add(customer);
      const id = `${customer}#${invoice}`;
      let known = invoices.get(id);
      if (known === undefined) {
        known = { customer, number: invoice, country: line.Country, at, total: 0, count: 0, products: [] };
        invoices.set(id, known);
      }
      if (at < known.at) known.at = at;
      known.total = addExact(known.total, lineTotal(quantity, price));
      known.count++;
      if (known.products.length < MAX_PRODUCTS) {
        const name = line.Description?.trim();
        known.products.push({ product_id: line.StockCode, ...(name ? { name } : {}), quantity, price });
      }
    },
    finish(): OrdersRead {
      const messages = [...invoices.values()]
        .map(toMessage)
        .sort((a, b) => order(a.timestamp, b.timestamp) || order(a.messageId, b.messageId));
      const refunds = messages.filter((message) => message.event === 'Order Refunded').length;
      return {
        messages,
        lines,
        linesWithoutCustomer,
        orders: messages.length - refunds,
        refunds,
        customers: customers.size,
      };
    },
  };
}

function toMessage(invoice: Invoice): OrderMessage {
  const refund = invoice.number.startsWith('C');
  return {
    type: 'track',
    // The same file gives the same ids, so sending it twice changes nothing.
    messageId: `retail-${invoice.customer}-${invoice.number}`,
    userId: invoice.customer,
    event: refund ? 'Order Refunded' : 'Order Completed',
    timestamp: invoice.at,
    properties: {
      order_id: invoice.number,
      total: fromExact(invoice.total),
      currency: 'GBP',
      product_count: invoice.count,
      products: invoice.products,
      ...(invoice.country ? { country: invoice.country } : {}),
    },
  };
}

/** Quantities are whole, so the product of the exact price is exact. */
function lineTotal(quantity: number, price: number): Exact {
  const exact = BigInt(toExact(price) ?? 0) * BigInt(quantity);
  return addExact(0, exact.toString());
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function text(line: OrderLine, column: keyof OrderLine, at: number): string {
  const value = line[column];
  if (value === undefined) throw new Error(`Line ${at}: column ${column} is missing`);
  return value.trim();
}

function number(line: OrderLine, column: 'Quantity' | 'UnitPrice', at: number): number {
  const value = Number(text(line, column, at));
  if (!Number.isFinite(value) || (column === 'Quantity' && !Number.isInteger(value))) {
    throw new Error(`Line ${at}: ${column} is no ${column === 'Quantity' ? 'whole ' : ''}number: ${line[column]}`);
  }
  return value;
}

function instant(line: OrderLine, at: number): string {
  const value = text(line, 'InvoiceDate', at);
  const ms = Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value.replace(' ', 'T')}Z`);
  if (Number.isNaN(ms)) throw new Error(`Line ${at}: InvoiceDate is no date: ${value}`);
  return new Date(ms).toISOString();
}
