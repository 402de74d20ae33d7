import { z } from 'zod';
import type { EventAdapter } from './adapter.ts';
import { nobody, notAboutCustomers, wrongShape } from './problems.ts';
import {
  type Bag,
  bagOf,
  emailId,
  firstText,
  given,
  isBag,
  listOf,
  MAX_PRODUCTS,
  numberOf,
  plainValues,
  textOf,
} from './reading.ts';

const NAME = { zh: 'Stripe', en: 'Stripe' };

/** Stripe's Event object (docs.stripe.com/api/events/object); the detail-type is its `type`. */
const detailSchema = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  /** Seconds. */
  created: z.number(),
  livemode: z.boolean().optional(),
  data: z.object({ object: z.looseObject({}), previous_attributes: z.looseObject({}).nullish() }),
});

/**
 * Stripe through its partner event source. The same payment is told by several events, so only one of them is the
 * order: `invoice.paid` where there is an invoice, `checkout.session.completed` where there is none. A bare
 * PaymentIntent is `Payment Succeeded` and no order: nothing in it says whether a session or an invoice tells it too.
 */
export const stripe: EventAdapter = {
  id: 'stripe',
  name: NAME,
  recognises: ({ source }) => /^(aws\.partner\/)?stripe\.com(\/|$)/.test(source),
  translate: ({ detail }) => {
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape(NAME, parsed.error);
    const { id, type, created, livemode, data } = parsed.data;
    const { object, previous_attributes: before } = data;
    const who = identity(object);
    if (who === undefined) return ABOUT_MONEY.test(type) ? elsewhere(type) : unnamed(type);
    const common = {
      messageId: `stripe:${id}`,
      timestamp: new Date(created * 1000).toISOString(),
      ...who,
      context: { source: 'stripe', ...(livemode === false ? { test: true } : {}) },
    };
    if (type === 'customer.created' || type === 'customer.updated') {
      return { ok: true, messages: [{ type: 'identify', ...common, traits: traits(object) }] };
    }
    const { event, properties } = (TYPES[type] ?? (() => ({ event: type, properties: plainValues(object) })))(
      object,
      bagOf(before),
    );
    return { ok: true, messages: [{ type: 'track', event, ...common, properties }] };
  },
};

interface Told {
  readonly event: string;
  readonly properties: Record<string, unknown>;
}

type Teller = (object: Bag, before: Bag) => Told;

const TYPES: Readonly<Record<string, Teller>> = {
  'checkout.session.completed': session,
  'checkout.session.async_payment_succeeded': session,
  'checkout.session.expired': (object) => ({ event: 'Checkout Expired', properties: sessionProperties(object) }),
  'invoice.paid': invoice,
  'invoice.payment_failed': (object) => ({ event: 'Payment Failed', properties: invoiceProperties(object) }),
  'payment_intent.succeeded': (object) => ({ event: 'Payment Succeeded', properties: paymentProperties(object) }),
  'payment_intent.payment_failed': (object) => ({ event: 'Payment Failed', properties: paymentProperties(object) }),
  'charge.refunded': refund,
  'customer.subscription.created': subscription('Subscription Started'),
  'customer.subscription.updated': subscription('Subscription Updated'),
  'customer.subscription.deleted': subscription('Subscription Cancelled'),
  'customer.subscription.paused': subscription('Subscription Paused'),
  'customer.subscription.resumed': subscription('Subscription Resumed'),
  'customer.subscription.trial_will_end': subscription('Trial Ending'),
};

/** An invoice tells its own payment; and what is not paid yet is no order. */
function session(object: Bag): Told {
  const order = object['mode'] === 'payment' && object['payment_status'] === 'paid' && !object['invoice'];
  return { event: order ? 'Order Completed' : 'Checkout Completed', properties: sessionProperties(object) };
}

const sessionProperties = (object: Bag) =>
  given({
    order_id: firstText(object['payment_intent'], object['id']),
    order_number: orderNumber(object),
    session_id: textOf(object['id']),
    mode: textOf(object['mode']),
    total: amount(object['amount_total'], object['currency']),
    currency: currency(object),
    payment_status: textOf(object['payment_status']),
    subscription: reference(object['subscription']),
    invoice: reference(object['invoice']),
  });

/** The invoice of a trial's start is paid with nothing: no order. */
function invoice(object: Bag): Told {
  const order = (numberOf(object['amount_paid']) ?? 0) > 0;
  return { event: order ? 'Order Completed' : 'Invoice Paid', properties: invoiceProperties(object) };
}

function invoiceProperties(object: Bag): Record<string, unknown> {
  const lines = listOf(bagOf(object['lines'])['data']).map(bagOf);
  return given({
    order_id: textOf(object['id']),
    order_number: orderNumber(object),
    total: amount(object['amount_paid'] || object['amount_due'], object['currency']),
    currency: currency(object),
    billing_reason: textOf(object['billing_reason']),
    attempt: numberOf(object['attempt_count']),
    subscription: reference(
      object['subscription'] ?? bagOf(bagOf(object['parent'])['subscription_details'])['subscription'],
    ),
    invoice_url: textOf(object['hosted_invoice_url']),
    product_count: lines.length,
    products: lines.slice(0, MAX_PRODUCTS).map((line) =>
      given({
        product_id: firstText(
          reference(bagOf(line['price'])['product']),
          bagOf(bagOf(line['pricing'])['price_details'])['product'],
        ),
        name: textOf(line['description']),
        quantity: numberOf(line['quantity']),
        amount: amount(line['amount'], line['currency']),
      }),
    ),
  });
}

const paymentProperties = (object: Bag) =>
  given({
    payment_id: textOf(object['id']),
    total: amount(object['amount_received'] || object['amount'], object['currency']),
    currency: currency(object),
    description: textOf(object['description']),
    failure: textOf(bagOf(object['last_payment_error'])['code']),
  });

/** `amount_refunded` is the sum of all refunds of the charge; what it was before tells this one's. */
function refund(object: Bag, before: Bag): Told {
  const refunded = (numberOf(object['amount_refunded']) ?? 0) - (numberOf(before['amount_refunded']) ?? 0);
  const properties = given({
    order_id: firstText(reference(object['invoice']), reference(object['payment_intent']), object['id']),
    order_number: orderNumber(object),
    charge_id: textOf(object['id']),
    total: amount(refunded, object['currency']),
    currency: currency(object),
    full: object['refunded'] === true,
    whole_order: object['refunded'] === true ? true : undefined,
  });
  return { event: 'Order Refunded', properties };
}

function subscription(event: string): Teller {
  return (object, before) => {
    const item = bagOf(listOf(bagOf(object['items'])['data'])[0]);
    const price = bagOf(item['price']);
    const properties = given({
      subscription: textOf(object['id']),
      status: textOf(object['status']),
      status_before: textOf(before['status']),
      price_id: textOf(price['id']),
      product_id: reference(price['product']),
      plan: firstText(price['nickname'], price['lookup_key']),
      interval: textOf(bagOf(price['recurring'])['interval']),
      quantity: numberOf(item['quantity']),
      amount: amount(price['unit_amount'], price['currency']),
      currency: currency(object),
      cancel_at_period_end: object['cancel_at_period_end'] === true,
      trial_end: seconds(object['trial_end']),
    });
    return { event, properties };
  };
}

const traits = (object: Bag) =>
  given({
    name: textOf(object['name']),
    email: textOf(object['email']),
    phone: textOf(object['phone']),
    city: textOf(bagOf(object['address'])['city']),
    country: textOf(bagOf(object['address'])['country']),
    locale: textOf(listOf(object['preferred_locales'])[0]),
    delinquent: typeof object['delinquent'] === 'boolean' ? object['delinquent'] : undefined,
    createdAt: seconds(object['created']),
  });

/** The app's own id where it wrote it down (`client_reference_id`, metadata `user_id`); Stripe's customer; the address. */
function identity(object: Bag): { userId?: string; anonymousId?: string } | undefined {
  const metadata = bagOf(object['metadata']);
  const userId = firstText(object['client_reference_id'], metadata['user_id'], metadata['userId']);
  const record = object['object'] === 'customer' ? textOf(object['id']) : reference(object['customer']);
  const email = firstText(
    object['customer_email'],
    bagOf(object['customer_details'])['email'],
    object['receipt_email'],
    bagOf(object['billing_details'])['email'],
  );
  const anonymousId = record === undefined ? emailId(email) : `stripe:${record}`;
  return userId === undefined && anonymousId === undefined ? undefined : given({ userId, anonymousId });
}

/** Another object: its id, or the object itself where it was expanded. */
const reference = (value: unknown): string | undefined => textOf(isBag(value) ? value['id'] : value);

/** The shop's own number, where it wrote it down: Stripe's ids stand in no file of orders. */
function orderNumber(object: Bag): string | undefined {
  const metadata = bagOf(object['metadata']);
  return firstText(metadata['order_number'], metadata['order_id'], metadata['orderId'], metadata['order']);
}

const currency = (object: Bag): string | undefined => textOf(object['currency'])?.toUpperCase();

const seconds = (value: unknown): string | undefined =>
  typeof value === 'number' ? new Date(value * 1000).toISOString() : undefined;

/** Stripe counts in the smallest unit (docs.stripe.com/currencies): some have no hundredths, some have thousandths. */
function amount(value: unknown, code: unknown): number | undefined {
  const number = numberOf(value);
  if (number === undefined) return undefined;
  const name = String(code).toUpperCase();
  return number / (WHOLE.has(name) ? 1 : THOUSANDTHS.has(name) ? 1000 : 100);
}

const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));
const THOUSANDTHS = new Set('BHD JOD KWD OMR TND'.split(' '));

/** Kinds of events that are the account's or the catalogue's own. */
const ABOUT_MONEY =
  /^(account|application_fee|balance|billing_portal|capability|climate|coupon|file|financial_connections|issuing|payout|person|plan|price|product|promotion_code|radar|reporting|sigma|tax|tax_rate|terminal|test_helpers|topup|transfer|treasury|v2)\./;

const elsewhere = (type: string) =>
  notAboutCustomers(
    { zh: `Stripe 的 ${type}`, en: `Stripe’s ${type}` },
    { zh: '在 Stripe 的事件目标里不选它即可。', en: 'Leave it out in Stripe’s event destination.' },
  );

const unnamed = (type: string) =>
  nobody({ zh: `Stripe 的 ${type}`, en: `Stripe’s ${type}` }, 'data.object.customer', {
    zh: '付款时带上 customer，或在 metadata 里写 user_id（结账页用 client_reference_id）。',
    en: 'Charge a customer, or write user_id into the metadata (client_reference_id of a Checkout session).',
  });
