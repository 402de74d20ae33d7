import { z } from 'zod';
import type { AdaptedMessage, EventAdapter } from './adapter.ts';
import { nobody, wrongShape } from './problems.ts';
import { type Bag, bagOf, firstText, given, listOf, MAX_PRODUCTS, numberOf, textOf } from './reading.ts';

const NAME = { zh: 'GA4', en: 'GA4' };

const micros = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/**
 * The body of a Measurement Protocol request (developers.google.com/analytics/devguides/collection/protocol/ga4), as a
 * server-side tag manager forwards it. Times are microseconds.
 */
const detailSchema = z.looseObject({
  client_id: z.string().min(1).optional(),
  app_instance_id: z.string().min(1).optional(),
  user_id: z.string().min(1).optional(),
  timestamp_micros: micros.optional(),
  user_properties: z.record(z.string(), z.looseObject({})).optional(),
  events: z
    .array(
      z.looseObject({
        name: z.string().min(1).max(256),
        params: z.looseObject({}).optional(),
        timestamp_micros: micros.optional(),
      }),
    )
    .min(1)
    .max(100),
});

/**
 * Google Analytics 4. `user_id` is the userId, the client's id (`gtag('get', …, 'client_id')`) the anonymousId, both as
 * they are: the app can send the same ones. GA4 numbers its events not at all, so a purchase is known by its
 * transaction, everything else by client, time and place in the request; without a time, by the bus's own id.
 */
export const ga4: EventAdapter = {
  id: 'ga4',
  name: NAME,
  recognises: ({ source }) => /^(ga4|google\.analytics)(\.|\/|$)/i.test(source),
  translate: ({ detail, id, time }) => {
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape(NAME, parsed.error);
    const { user_id: userId, client_id: client, app_instance_id: app, timestamp_micros: sent, events } = parsed.data;
    const anonymousId = client ?? app;
    if (userId === undefined && anonymousId === undefined) {
      return nobody({ zh: 'GA4 的请求', en: 'This request of GA4' }, 'client_id', {
        zh: '请带上 client_id 或 user_id。',
        en: 'Send client_id or user_id.',
      });
    }
    const who = given({ userId, anonymousId });
    const key = `${userId ?? anonymousId}`;
    const place = (own: number | undefined, index: number) =>
      (own ?? sent) === undefined ? `${id}:${index}` : `${key}:${own ?? sent}:${index}`;
    const at = (own?: number) => ((own ?? sent) === undefined ? time : new Date((own ?? sent)! / 1000).toISOString());
    const messages = events.map(({ name, params, timestamp_micros: own }, index): AdaptedMessage => {
      const read = bagOf(params);
      const transaction = textOf(read['transaction_id']);
      const once = transaction !== undefined && (name === 'purchase' || name === 'refund');
      return {
        type: VIEWS[name] ?? 'track',
        event: NAMES[name] ?? name,
        messageId: `ga4:${once ? `${name}:${transaction}` : `${place(own, index)}:${name}`}`.slice(0, 256),
        timestamp: at(own),
        ...who,
        properties: properties(read),
        context: { source: 'ga4' },
      };
    });
    const traits = Object.entries(parsed.data.user_properties ?? {}).map(([name, { value }]) => [name, value] as const);
    if (traits.length > 0) {
      messages.unshift({
        type: 'identify',
        messageId: `ga4:${place(undefined, events.length)}:identify`.slice(0, 256),
        timestamp: at(),
        ...who,
        traits: Object.fromEntries(traits),
        context: { source: 'ga4' },
      });
    }
    return { ok: true, messages };
  },
};

/** GA4's recommended events that Segment's spec has names for. */
const NAMES: Readonly<Record<string, string>> = {
  view_item_list: 'Product List Viewed',
  select_item: 'Product Clicked',
  view_item: 'Product Viewed',
  add_to_wishlist: 'Product Added to Wishlist',
  add_to_cart: 'Product Added',
  remove_from_cart: 'Product Removed',
  view_cart: 'Cart Viewed',
  begin_checkout: 'Checkout Started',
  add_shipping_info: 'Shipping Info Entered',
  add_payment_info: 'Payment Info Entered',
  purchase: 'Order Completed',
  refund: 'Order Refunded',
  select_promotion: 'Promotion Clicked',
  view_promotion: 'Promotion Viewed',
  search: 'Products Searched',
  view_search_results: 'Products Searched',
  share: 'Content Shared',
  sign_up: 'Signed Up',
  login: 'Signed In',
  generate_lead: 'Lead Generated',
};

const VIEWS: Readonly<Record<string, string>> = { page_view: 'page', screen_view: 'screen' };

function properties(params: Bag): Record<string, unknown> {
  const { items, transaction_id, value, engagement_time_msec, ...rest } = params;
  const products = listOf(items).map(bagOf).map(product);
  const engaged = numberOf(engagement_time_msec);
  return given({
    ...rest,
    order_id: textOf(transaction_id),
    total: numberOf(value),
    dwell_s: engaged === undefined ? undefined : Math.round(engaged / 1000),
    // What is looked at is one article: rules read it without going through the list.
    ...(products.length === 1
      ? given({ product_id: products[0]!['product_id'], category: products[0]!['category'] })
      : {}),
    ...(products.length > 0 ? { product_count: products.length, products: products.slice(0, MAX_PRODUCTS) } : {}),
  });
}

const product = (item: Bag): Record<string, unknown> =>
  given({
    product_id: firstText(item['item_id'], item['item_name']),
    name: textOf(item['item_name']),
    category: textOf(item['item_category']),
    brand: textOf(item['item_brand']),
    variant: textOf(item['item_variant']),
    price: numberOf(item['price']),
    quantity: numberOf(item['quantity']),
  });
