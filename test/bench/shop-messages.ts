/**
 * What a shop's customers do, as messages of Segment's own library for servers: made by the library itself, with the
 * properties that Segment's e-commerce spec (V2) names for each event. `context` is what a caller gives besides: nothing
 * from a server, or what a browser tells (analytics.js collects page, user agent, locale and time zone by itself, and the
 * intake knows the address).
 */
import { Analytics, type HTTPClient } from '@segment/analytics-node';

const CUSTOMERS = 200;
const EVERY_MS = 90_000;
const FIRST = Date.UTC(2026, 0, 1);

const BROWSER = {
  ip: '203.0.113.7',
  locale: 'zh-CN',
  timezone: 'Asia/Shanghai',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
  page: {
    path: '/products/cream-01',
    referrer: 'https://shop.example.com/collections/skin-care',
    search: '?from=community&campaign=spring',
    title: '玫瑰保湿面霜 50ml｜花径护肤',
    url: 'https://shop.example.com/products/cream-01?from=community&campaign=spring',
  },
};

type Dice = () => number;
type Properties = Readonly<Record<string, unknown>>;

function product(dice: Dice) {
  const n = Math.floor(dice() * 60);
  return {
    product_id: `sku-${n}`,
    sku: `CR-${1000 + n}`,
    category: ['面霜', '精华', '洁面'][Math.floor(dice() * 3)] as string,
    name: '玫瑰保湿面霜',
    brand: '花径',
    variant: '50ml',
    price: Math.round(dice() * 20_000) / 100,
    quantity: 1 + Math.floor(dice() * 3),
    currency: 'CNY',
    url: `https://shop.example.com/products/cream-${n}`,
    image_url: `https://img.example.com/cream-${n}.jpg`,
  };
}

const amount = (dice: Dice): number => Math.round(dice() * 80_000) / 100;

function basket(dice: Dice): Properties {
  const products = Array.from({ length: 1 + Math.floor(dice() * 3) }, product.bind(undefined, dice));
  return { category: products[0]!.category, total: amount(dice), currency: 'CNY', products };
}

const order = (dice: Dice): Properties => ({
  order_id: `o-${Math.floor(dice() * 1e9)}`,
  affiliation: '微信小程序',
  revenue: amount(dice),
  shipping: 12,
  tax: 0,
  discount: 20,
  coupon: 'SPRING',
  ...basket(dice),
});

const viewed = (dice: Dice): Properties => ({ ...product(dice), total: amount(dice), position: 3 });

/** The events, with what the spec says of each. */
const EVENTS: Readonly<Record<string, (dice: Dice) => Properties>> = {
  'Product Viewed': viewed,
  'Order Completed': order,
  'Content Liked': (dice) => ({ content_id: `note-${Math.floor(dice() * 90)}`, ...viewed(dice) }),
  'Checkout Started': order,
  'Product Added': (dice) => ({ cart_id: 'cart-17', ...viewed(dice) }),
  'Cart Viewed': (dice) => ({ cart_id: 'cart-17', ...basket(dice) }),
  'Consultation Started': (dice) => ({ channel: 'wecom', ...viewed(dice) }),
};

export const SHOP_EVENTS = Object.keys(EVENTS);

/** JSON of so many messages of 200 customers, one each 90 seconds, always the same ones. */
export async function shopMessages(count: number, from: 'server' | 'browser'): Promise<readonly string[]> {
  let seed = 7;
  const dice: Dice = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const messages: string[] = [];
  const httpClient: HTTPClient = {
    makeRequest: async ({ body }) => {
      const { batch } = JSON.parse(String(body)) as { batch: unknown[] };
      for (const message of batch) messages.push(JSON.stringify(message));
      return { status: 200, headers: {}, json: async () => ({}), text: async () => '' } as never;
    },
  };
  const analytics = new Analytics({ writeKey: 'bench', flushAt: 100, httpClient });
  for (let i = 0; i < count; i++) {
    const event = SHOP_EVENTS[Math.floor(dice() * SHOP_EVENTS.length)] as string;
    analytics.track({
      userId: `u_${Math.floor(dice() * CUSTOMERS)}`,
      event,
      timestamp: new Date(FIRST + i * EVERY_MS),
      properties: EVENTS[event]!(dice),
      ...(from === 'browser' && { context: BROWSER }),
    });
  }
  await analytics.closeAndFlush();
  if (messages.length !== count) throw new Error(`${messages.length} of ${count} messages were sent`);
  return messages;
}
