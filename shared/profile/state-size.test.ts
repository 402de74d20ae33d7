/** How much is kept of a customer: bytes of the text that lies in the table, with the shipped packs in force. */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { privateDomainRules } from '../packs/private-domain/tags.ts';
import { shortLinkRules } from '../packs/saas-short-link/tags.ts';
import { compileRuleset } from '../tags/index.ts';
import { advance, emptyState, stateToText } from './index.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1);
const rules = compileRuleset({
  ...privateDomainRules,
  version: 12,
  groups: [...privateDomainRules.groups, ...shortLinkRules.groups],
  tags: [...privateDomainRules.tags, ...shortLinkRules.tags],
  segments: [...(privateDomainRules.segments ?? []), ...(shortLinkRules.segments ?? [])],
});

type Done = Pick<CustomerEvent, 'name'> & Partial<Pick<CustomerEvent, 'properties' | 'traits' | 'context'>>;

/** Writing a state out takes longer than advancing it: of a long history each seventh is weighed. */
const WEIGHED = 7;

/** Advances a customer by what she does, each thing at its time, and weighs what is kept. */
function weigh(doings: readonly (readonly [hours: number, Done])[]) {
  let state = emptyState('u_1001');
  let most = 0;
  let packed = 0;
  for (const [i, [hours, done]] of doings.entries()) {
    const at = new Date(START + Math.round(hours * HOUR)).toISOString();
    const event: CustomerEvent = {
      id: uuid(i),
      customer: 'u_1001',
      type: done.name === '$identify' ? 'identify' : 'track',
      at,
      received: at,
      properties: {},
      ...done,
    };
    state = advance(state, [{ type: 'event', event }], rules, at).state;
    if (doings.length > 100 && i % WEIGHED !== 0) continue;
    const text = stateToText(state);
    const bytes = Buffer.byteLength(text);
    most = Math.max(most, bytes);
    // As it lies in the table (functions/ports/profiles/body.ts).
    if (bytes > packed) packed = Math.max(packed, deflateRawSync(text, { memLevel: 5, windowBits: 13 }).length);
  }
  return { state, most, packed };
}

/** As message ids look; the same in every run. */
function uuid(i: number): string {
  const hex = Array.from({ length: 4 }, (_, part) =>
    (Math.imul(i * 4 + part + 1, 2654435761) >>> 0).toString(16).padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const context = { channel: 'mini_program', ip: '203.0.113.7', timezone: 'Asia/Shanghai' };
const looked = (product: number): Done => ({
  name: 'Product Viewed',
  properties: { product_id: `cream-${product}`, category: '面霜', dwell_s: 42, url: 'https://shop.example.com/p' },
  context,
});
const ordered = (total: number): Done => ({
  name: 'Order Completed',
  properties: { order_id: 'o-1', total, products: [{ product_id: 'cream-1', category: '面霜', price: total }] },
  context,
});

test('a customer with ten tags and three segments, after a first order, is kept in 1.5 KB', () => {
  const { state, most } = weigh([
    [0, { name: 'Contact Added', properties: { channel: '公众号引流' }, context }],
    [0.01, { name: '$identify', traits: { name: '王小雨', city: '苏州' } }],
    [1, looked(1)],
    [1.1, { name: 'Content Liked', properties: { content_id: 'a-7' }, context }],
    [100, { name: 'Consultation Started', properties: { topic: '价格' }, context }],
    [101, ordered(268)],
  ]);
  expect(Object.keys(state.tags)).toHaveLength(10);
  expect(most).toBeLessThan(1500);
});

test('a customer with sixteen tags and her segments, after three weeks, is kept in 2.3 KB', () => {
  const { state, most } = weigh([
    [0, { name: 'Contact Added', properties: { channel: '公众号引流' }, context }],
    [0.01, { name: '$identify', traits: { name: '王小雨', gender: '女', age: 29, city: '上海' } }],
    [1, looked(1)],
    [1.1, looked(2)],
    [30, looked(1)],
    [31, { name: 'Consultation Started', properties: { topic: '价格' }, context }],
    [32, ordered(268)],
    [140, { name: 'Content Liked', properties: { content_id: 'a-7' }, context }],
    [300, looked(3)],
    [301, looked(1)],
    [480, ordered(199.5)],
    [500, { name: 'Group Joined', context }],
  ]);
  expect(Object.keys(state.tags).length).toBe(16);
  expect(most).toBeLessThan(2300);
});

/** The same numbers in every run. */
function chance(seed: number) {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return { random, one: <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T };
}

test('a customer who does everything, ten thousand times', { timeout: 120_000 }, () => {
  const { random, one } = chance(7);
  const everything: (() => Done)[] = [
    () => looked(Math.floor(random() * 60)),
    () => ({ ...looked(Math.floor(random() * 60)), name: 'Link Clicked' }),
    () => ({
      ...looked(1),
      properties: { product_id: 'cream-1', category: one(['面霜', '精华', '洁面', '眼霜']), dwell_s: 90 },
    }),
    () => ordered(Math.round(random() * 80_000) / 100),
    () => ({ name: 'Contact Added', properties: { channel: one(['公众号', '直播', '门店', '推荐']) }, context }),
    () => ({
      name: '$identify',
      traits: {
        name: '王小雨',
        gender: one(['女', '男']),
        age: Math.floor(18 + random() * 50),
        city: one(['上海', '苏州']),
        occupation: one(['学生', '教师']),
      },
    }),
    () => ({
      name: one(['Content Liked', 'Content Commented', 'Content Shared', 'Message Received']),
      context: { channel: one(['wechat', 'wecom', 'h5', 'app']) },
    }),
    () => ({
      name: one(['Consultation Started', 'Checkout Started', 'Live Watched', 'Group Joined', 'Referral Completed']),
      context,
    }),
    () => ({
      name: one(['Short Link Created', 'Short Link Edited', 'Statistics Viewed', 'Custom Domain Added']),
      properties: {
        scene: one(['公众号推文', '社群分享', '电商落地页', '邮件', '短信', '海报']),
        url: 'https://suo.run/x',
      },
    }),
    () => ({ name: 'Feature Enabled', properties: { feature: one(['analytics', '统计']) } }),
  ];
  const { state, most, packed } = weigh(
    Array.from({ length: 10_000 }, (_, i) => [i * (0.2 + (i % 7) * 0.2), one(everything)()] as const).sort(
      (a, b) => a[0] - b[0],
    ),
  );
  expect(Object.keys(state.tags).length).toBeGreaterThan(30);
  expect(packed).toBeLessThan(6 * 1024);
  expect(most).toBeLessThan(10 * 1024);
});

/** Names that the packs' rules listen to, and some that only a "*" hears. */
const NAMES = [
  ...new Set(
    [...JSON.stringify(rules.ruleset.tags).matchAll(/"([A-Z][A-Za-z]+(?: [A-Z][a-z]+)+)"/g)].map(([, name]) => name!),
  ),
  ...Array.from({ length: 20 }, (_, i) => `Something Else ${i}`),
];

/** What she does has a value at every path that rules read, and none comes twice. */
function everDifferent(seed: number, hours: number, more: number) {
  const { random, one } = chance(seed);
  const letter = () => String.fromCharCode(0x4e00 + Math.floor(random() * 20_000));
  const fresh = (what: string) =>
    `${what}-${Math.floor(random() * 1e6)}${Array.from({ length: more }, letter).join('')}`;
  return weigh(
    Array.from({ length: 2_000 }, (_each, i) => {
      const product = { product_id: fresh('sku'), category: fresh('c') };
      const properties = {
        ...product,
        products: [product, { product_id: fresh('sku'), category: fresh('c') }],
        total: Math.round(random() * 1e8) / 100,
        dwell_s: Math.floor(random() * 1e4),
        channel: fresh('way'),
        scene: fresh('scene'),
        feature: fresh('feature'),
        note: fresh('note').repeat(20),
      };
      const done: Done = random() < 0.1 ? { name: '$identify', traits: { city: fresh('city') } } : { name: one(NAMES) };
      return [i * hours, { ...done, properties, context: { channel: fresh('from') } }] as const;
    }),
  );
}

describe('a customer who does all there is, two thousand times, never with the same value twice', {
  timeout: 120_000,
}, () => {
  test.each([
    ['within a few hours', 0.001],
    ['over years', 4],
  ])('%s, is kept in less than 8 KB', (_, hours) => {
    const { state, most } = everDifferent(2, hours, 0);
    expect(Object.keys(state.tags).length).toBeGreaterThan(15);
    expect(most).toBeLessThan(8 * 1024);
  });

  test.each([
    ['45 bytes', 12],
    ['190 bytes', 60],
    ['550 bytes', 180],
  ])('with values of %s, takes less than 8 KB in the table', (_, letters) => {
    const { most, packed } = everDifferent(3, 0.001, letters);
    expect(packed).toBeLessThan(8 * 1024);
    expect(most).toBeLessThan(16 * 1024);
  });
});

test('an event may be as large as it likes: it counts, and takes no room', () => {
  const huge = Array.from({ length: 12 }, (_, i): readonly [number, Done] => [
    i / 60,
    {
      name: 'Product Viewed',
      properties: {
        product_id: `${i}${'p'.repeat(50_000)}`,
        category: Array.from({ length: 2000 }, (_each, j) => `c-${i}-${j}`),
        dwell_s: 'z'.repeat(9000),
      },
      context: { channel: 'h'.repeat(20_000) },
    },
  ]);
  expect(weigh(huge).most).toBeLessThan(2048);
  const { state } = weigh([...huge, [1, looked(1)], [1.1, looked(1)]]);
  expect(Object.keys(state.tags)).toContain('浏览:cream-1');
});
