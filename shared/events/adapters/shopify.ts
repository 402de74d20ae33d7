import { z } from 'zod';
import type { AdaptedMessage, EventAdapter, Translation } from './adapter.ts';
import { nobody, wrongShape } from './problems.ts';
import {
  type Bag,
  bagOf,
  emailId,
  firstText,
  given,
  instantOf,
  listOf,
  MAX_PRODUCTS,
  numberOf,
  plainValues,
  textOf,
} from './reading.ts';

const NAME = { zh: 'Shopify', en: 'Shopify' };

/** The detail of a Shopify webhook on EventBridge: the webhook's body and its headers (shopify.dev, "Webhooks"). */
const detailSchema = z.object({ payload: z.looseObject({}), metadata: z.record(z.string(), z.unknown()) });

/**
 * Shopify webhooks through its partner event source. An order that is placed is `Order Completed`, also before it is
 * paid; payment is `Order Paid`. Refunds come with `orders/updated` (and `orders/cancelled`), which name the customer:
 * the topic `refunds/create` does not.
 */
export const shopify: EventAdapter = {
  id: 'shopify',
  name: NAME,
  recognises: ({ source }) => /^(aws\.partner\/)?shopify\.com(\/|$)/.test(source),
  translate: ({ detail, time }) => {
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape(NAME, parsed.error);
    const { payload, metadata } = parsed.data;
    const topic = header(metadata, 'topic') ?? '';
    const read = TOPICS[topic] ?? other;
    const when = instantOf(header(metadata, 'triggered-at')) ?? time;
    return read({ topic, payload, when });
  },
};

interface Webhook {
  readonly topic: string;
  readonly payload: Bag;
  /** When the webhook was set off, for payloads that do not say it. */
  readonly when: string;
}

type Reader = (webhook: Webhook) => Translation;

const TOPICS: Readonly<Record<string, Reader>> = {
  'orders/create': order('Order Completed', 'created_at'),
  'orders/paid': order('Order Paid', 'updated_at'),
  'orders/updated': order('Order Updated', 'updated_at'),
  'orders/cancelled': order('Order Cancelled', 'cancelled_at'),
  'orders/fulfilled': order('Order Shipped', 'updated_at'),
  'checkouts/create': order('Checkout Started', 'created_at', checkoutProperties),
  'checkouts/update': order('Checkout Updated', 'updated_at', checkoutProperties),
  'customers/create': customer,
  'customers/update': customer,
};

/** Header names come as `X-Shopify-Topic`; newer deliveries write `shopify-topic`. */
function header(metadata: Bag, name: string): string | undefined {
  const found = Object.keys(metadata).find((key) => key.toLowerCase().replace(/^x-/, '') === `shopify-${name}`);
  return found === undefined ? undefined : textOf(metadata[found]);
}

function order(event: string, at: string, properties = orderProperties): Reader {
  return ({ topic, payload, when }) => {
    const who = identity(payload, payload['customer']);
    if (who === undefined) return unnamed(topic);
    const id = textOf(payload['id']) ?? textOf(payload['token']);
    const timestamp = instantOf(payload[at]) ?? instantOf(payload['updated_at']) ?? when;
    const message = track(topic, event, { id, timestamp, who, properties: properties(payload) });
    return { ok: true, messages: [message, ...refunds(payload, who)] };
  };
}

/** Those of the last day before the update, once each: an order of years ago that is touched again tells no old ones. */
function refunds(payload: Bag, who: Identity): AdaptedMessage[] {
  const updated = Date.parse(instantOf(payload['updated_at']) ?? '');
  const all = listOf(payload['refunds']).map(bagOf);
  const timeOf = (refund: Bag): number => Date.parse(instantOf(refund['created_at']) ?? '');
  // What makes a whole order paid back is its last refund.
  const last = all.reduce<Bag | undefined>((a, b) => (a !== undefined && timeOf(a) >= timeOf(b) ? a : b), undefined);
  const whole = payload['financial_status'] === 'refunded' ? last : undefined;
  return all.flatMap((refund) => {
    const [id, timestamp] = [textOf(refund['id']), instantOf(refund['created_at'])];
    if (id === undefined || timestamp === undefined || updated - Date.parse(timestamp) > 86_400_000) return [];
    const paidBack = listOf(refund['transactions'])
      .map(bagOf)
      .filter(({ kind, status }) => kind === 'refund' && status === 'success');
    const total = paidBack.reduce((sum, { amount }) => sum + Math.round((numberOf(amount) ?? 0) * 100), 0) / 100;
    const properties = given({
      order_id: textOf(payload['id']),
      order_number: textOf(payload['name']),
      refund_id: id,
      total,
      currency: payload['currency'],
      whole_order: refund === whole ? true : undefined,
    });
    return [track('refund', 'Order Refunded', { id, timestamp, who, properties })];
  });
}

function customer({ topic, payload, when }: Webhook): Translation {
  const who = identity(payload, payload);
  if (who === undefined) return unnamed(topic);
  const address = bagOf(payload['default_address']);
  const name = [textOf(payload['first_name']), textOf(payload['last_name'])].filter(Boolean).join(' ');
  const traits = given({
    name: name === '' ? undefined : name,
    firstName: textOf(payload['first_name']),
    lastName: textOf(payload['last_name']),
    email: textOf(payload['email']),
    phone: firstText(payload['phone'], address['phone']),
    city: textOf(address['city']),
    province: textOf(address['province']),
    country: textOf(address['country']),
    emailConsent: textOf(bagOf(payload['email_marketing_consent'])['state']),
    smsConsent: textOf(bagOf(payload['sms_marketing_consent'])['state']),
    shopifyTags: textOf(payload['tags'])?.split(/\s*,\s*/),
    createdAt: instantOf(payload['created_at']),
  });
  const timestamp = instantOf(payload['updated_at']) ?? when;
  const messageId = `shopify:${topic}:${textOf(payload['id'])}:${timestamp}`;
  return { ok: true, messages: [{ type: 'identify', messageId, timestamp, ...who, traits, context: CONTEXT }] };
}

/** Any other topic keeps its own name, with the plain values of its body, as long as it names a customer. */
function other({ topic, payload, when }: Webhook): Translation {
  const who = identity(payload, payload['customer'] ?? { id: payload['customer_id'], email: payload['email_address'] });
  if (who === undefined) return unnamed(topic);
  const timestamp = instantOf(payload['updated_at']) ?? instantOf(payload['occurred_at']) ?? when;
  const id = firstText(payload['id'], payload['customer_id'], payload['token']);
  return { ok: true, messages: [track(topic, topic, { id, timestamp, who, properties: plainValues(payload) })] };
}

interface Identity {
  readonly userId?: string;
  readonly anonymousId?: string;
}

/**
 * The app's own ids where the shop passes them as cart attributes (`user_id`, `anonymous_id`); Shopify's customer; for a
 * guest the mail address or phone.
 */
function identity(payload: Bag, customer: unknown): Identity | undefined {
  const { id, email, phone } = bagOf(customer);
  const attribute = (...names: string[]) =>
    firstText(
      ...listOf(payload['note_attributes'])
        .map(bagOf)
        .filter(({ name }) => names.includes(String(name)))
        .map(({ value }) => value),
    );
  const number = firstText(phone, payload['phone']);
  const record = textOf(id) === undefined ? undefined : `shopify:${textOf(id)}`;
  const userId = attribute('user_id', 'userId');
  const anonymousId =
    record ??
    attribute('anonymous_id', 'anonymousId') ??
    emailId(firstText(email, payload['email'], payload['contact_email'])) ??
    (number === undefined ? undefined : `phone:${number}`);
  return userId === undefined && anonymousId === undefined ? undefined : given({ userId, anonymousId });
}

/** A checkout has a number of its own: that of the order comes with the order. */
function checkoutProperties(payload: Bag): Record<string, unknown> {
  const { order_id, ...rest } = orderProperties(payload);
  return given({ ...rest, checkout_id: order_id });
}

function orderProperties(payload: Bag): Record<string, unknown> {
  const items = listOf(payload['line_items']).map(bagOf);
  const codes = listOf(payload['discount_codes']).map((one) => bagOf(one)['code']);
  return given({
    order_id: textOf(payload['id']),
    order_number: textOf(payload['name']),
    checkout_id: textOf(payload['checkout_id']),
    total: numberOf(payload['total_price']),
    subtotal: numberOf(payload['subtotal_price']),
    tax: numberOf(payload['total_tax']),
    discount: numberOf(payload['total_discounts']),
    currency: textOf(payload['currency']),
    coupon: firstText(...codes),
    financial_status: textOf(payload['financial_status']),
    fulfillment_status: textOf(payload['fulfillment_status']),
    cancel_reason: textOf(payload['cancel_reason']),
    channel: textOf(payload['source_name']),
    checkout_url: textOf(payload['abandoned_checkout_url']),
    test: payload['test'] === true ? true : undefined,
    product_count: items.length,
    products: items.slice(0, MAX_PRODUCTS).map((item) =>
      given({
        product_id: textOf(item['product_id']),
        sku: textOf(item['sku']),
        name: textOf(item['title']),
        variant: textOf(item['variant_title']),
        brand: textOf(item['vendor']),
        quantity: numberOf(item['quantity']),
        price: numberOf(item['price']),
      }),
    ),
  });
}

const CONTEXT = { source: 'shopify' };

function track(
  topic: string,
  event: string,
  it: { id: string | undefined; timestamp: string; who: Identity; properties: Bag },
): AdaptedMessage {
  const { id, timestamp, who, properties } = it;
  return {
    type: 'track',
    event,
    messageId: `shopify:${topic}:${id}:${timestamp}`,
    timestamp,
    ...who,
    properties,
    context: CONTEXT,
  };
}

const unnamed = (topic: string): Translation =>
  nobody({ zh: `Shopify 的 ${topic}`, en: `Shopify’s ${topic}` }, 'payload.customer', {
    zh: '只订阅带客户的主题（orders/*、customers/*；退款请订阅 orders/updated），或在购物车属性里带上 user_id。',
    en: 'Subscribe only to topics that name the customer (orders/*, customers/*; for refunds orders/updated), or pass user_id as a cart attribute.',
  });
