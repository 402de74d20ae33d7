import { describe, expect, test } from 'vitest';
import { type CustomerEvent, parseEvent } from '../../events/index.ts';
import { advance, type CustomerState, emptyState, type ProfileInput, type TagChange } from '../../profile/index.ts';
import { evaluateOver } from '../../rules/index.ts';
import { CATEGORIES, compileRuleset, parseRuleset, segmentSchema } from '../../tags/index.ts';
import { shortLinkRules } from '../saas-short-link/tags.ts';
import { privateDomainSegments } from './segments.ts';
import { privateDomainRules } from './tags.ts';

const together = {
  ...privateDomainRules,
  version: 1,
  groups: [...privateDomainRules.groups, ...shortLinkRules.groups],
  tags: [...privateDomainRules.tags, ...shortLinkRules.tags],
};
const rules = compileRuleset(together);
const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 1);
const on = (day: number): string => new Date(START + day * DAY).toISOString();

/** A customer whose days are told one after the other. */
class Customer {
  state: CustomerState = emptyState('c-1');
  readonly changes: TagChange[] = [];
  private count = 0;

  does(
    day: number,
    event: string,
    properties: Record<string, unknown> = {},
    context: Record<string, unknown> = {},
  ): this {
    return this.takes(day, { type: 'track', event, properties, context });
  }

  takes(day: number, message: Record<string, unknown>): this {
    const parsed = parseEvent(
      { messageId: `m${this.count++}`, userId: 'c-1', timestamp: on(day), ...message },
      { time: on(day) },
      on(day),
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    return this.gets(day, { type: 'event', event: parsed.event });
  }

  gets(day: number, input: ProfileInput): this {
    const next = advance(this.state, [input], rules, on(day));
    this.state = next.state;
    this.changes.push(...next.changes.filter((change) => change.type === 'tag'));
    return this;
  }

  waits(day: number): this {
    return this.gets(day, { type: 'time' });
  }

  get tags(): string[] {
    return Object.keys(this.state.tags);
  }

  /** "+新客" "-新客" with the day, as they came. */
  story(...keys: string[]): string[] {
    return this.changes
      .filter((change) => keys.includes(change.key))
      .map((change) => `${change.op === 'added' ? '+' : '-'}${change.key}@${(Date.parse(change.at) - START) / DAY}`);
  }

  isIn(segment: string, day: number, events: CustomerEvent[] = []): boolean {
    const { when } = privateDomainSegments.find(({ id }) => id === segment) as (typeof privateDomainSegments)[number];
    return evaluateOver(when, {
      traits: this.state.traits,
      tags: this.state.tags,
      events,
      now: on(day),
      zone: 'Asia/Shanghai',
    }).holds;
  }
}

const ordersUpTo = (n: number): CustomerEvent[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `m${i}`,
    customer: 'c-1',
    name: 'Order Completed',
    type: 'track',
    at: on(i),
    received: on(i),
    properties: { total: 10 },
  }));

describe('the packs', () => {
  test('are sound, and every tag has a category, a name and a use', () => {
    expect(parseRuleset(together)).toEqual({ ok: true, ruleset: together });
    for (const tag of together.tags) {
      expect([tag.key, tag.purpose]).not.toContain(undefined);
      expect(Object.keys(CATEGORIES)).toContain(tag.category);
    }
    for (const segment of privateDomainSegments) expect(segmentSchema.safeParse(segment).success).toBe(true);
    expect(privateDomainSegments).toHaveLength(5);
    expect(new Set(privateDomainRules.tags.map((tag) => tag.category))).toEqual(new Set(Object.keys(CATEGORIES)));
  });
});

describe('a customer of a private-domain shop', () => {
  test('is new until her first order, and each level replaces the one before in one step', () => {
    const she = new Customer()
      .does(0, 'Contact Added', { channel: '公众号引流' })
      .does(1, 'Order Completed', { total: 80 });
    expect(she.story('新客', '老客')).toEqual(['+新客@0', '-新客@1', '+老客@1']);
    const [gone, come] = she.changes.filter((change) => change.at === on(1) && ['新客', '老客'].includes(change.key));
    expect(gone?.cause).toEqual(come?.cause);
    expect(come?.evidence).toEqual(['m1']);
    she.does(2, 'Order Completed', { total: 100 }).does(3, 'Order Completed', { total: 2819.99 });
    expect(she.tags).toContain('复购客');
    she.does(4, 'Order Completed', { total: 0.01 });
    expect(she.story('复购客', 'VIP')).toEqual(['+复购客@2', '-复购客@4', '+VIP@4']);
    expect(she.tags).toEqual(expect.arrayContaining(['复购3次', '高客单']));
    expect(she.isIn('high-value', 4)).toBe(true);
  });

  test('falls silent at 7, 15 and 30 days to the millisecond, and any act of hers wakes her', () => {
    const she = new Customer().does(0, 'Product Viewed', { product_id: 'cream-01' }).does(3, 'Order Refunded');
    expect(she.state.dueAt).toBe(on(7));
    she.waits(40);
    expect(she.story('活跃', '沉默7天', '沉默15天', '沉默30天')).toEqual([
      '+活跃@0',
      '-活跃@7',
      '+沉默7天@7',
      '+沉默15天@15',
      '+沉默30天@30',
    ]);
    expect(she.isIn('dormant', 40)).toBe(true);
    she.does(41, 'Content Liked');
    expect(she.tags).toContain('活跃');
    expect(she.tags.filter((key) => key.startsWith('沉默'))).toEqual([]);
  });

  test('is woken neither by a refund nor by what is only told about her', () => {
    const she = new Customer().does(0, 'Order Completed', { total: 10 }).does(6, 'Order Refunded', { total: -10 });
    she.takes(6.5, { type: 'identify', traits: { city: '上海' } }).waits(8);
    expect(she.story('沉默7天')).toEqual(['+沉默7天@7']);
    expect(she.tags).toContain('一线城市');
  });

  test('who looks at the same product twice in 3 days is keen on it, and the product is handed on', () => {
    const she = new Customer();
    she.does(0, 'Product Viewed', { product_id: 'cream-01' }).does(1, 'Product Viewed', { product_id: 'serum-02' });
    expect(she.tags).not.toContain('高意向');
    she.does(2, 'Product Viewed', { product_id: 'cream-01' });
    expect(she.state.tags['高意向']).toMatchObject({ value: 'cream-01', evidence: ['m0', 'm2'] });
    she.waits(10);
    expect(she.story('高意向')).toEqual(['+高意向@2', '-高意向@3']);
  });

  test('keeps the channel she came by first, and those she looked at as tags of their own', () => {
    const she = new Customer().does(0, 'Contact Added', { channel: '直播添加' });
    for (const [i, product] of ['a', 'b', 'c', 'd', 'e', 'f'].entries())
      she.does(i + 1, 'Product Viewed', { product_id: product });
    expect(she.tags).toContain('渠道-直播');
    expect(she.tags.filter((key) => key.startsWith('浏览:'))).toEqual([
      '浏览:b',
      '浏览:c',
      '浏览:d',
      '浏览:e',
      '浏览:f',
    ]);
    expect(she.isIn('new-customers', 7)).toBe(true);
    expect(she.isIn('prospects', 7)).toBe(true);
  });

  test('is known by what she does: joining the group, asking, writing, following a link', () => {
    const she = new Customer()
      .does(0, 'Contact Added', { channel: '公众号引流' })
      .does(1, 'Group Joined')
      .does(2, 'Link Clicked', { product_id: 'cream-01' })
      .does(3, 'Consultation Started', { topic: 'price' })
      .does(4, 'Message Received')
      .does(5, 'Message Received');
    expect(she.tags).toEqual(expect.arrayContaining(['渠道-公众号', '社群成员', '浏览:cream-01', '咨询过']));
    expect(she.tags).not.toContain('爱互动');
    expect(she.does(6, 'Content Liked').tags).toContain('爱互动');
  });

  test('came by one channel: another that she comes by later is no second one, and one that says nothing is none', () => {
    const she = new Customer()
      .does(0, 'Contact Added', { channel: '不知道' })
      .does(1, 'Contact Added', { channel: '直播添加' })
      .does(2, 'Contact Added', { channel: '公众号引流' });
    expect(she.tags.filter((key) => key.startsWith('渠道-'))).toEqual(['渠道-直播']);
    expect(she.changes.find(({ key }) => key === '渠道-直播')?.why.zh).toContain('第一次');
  });

  test('comes by a campaign’s link, or by what a file says of her: the first known one counts, wherever it was told', () => {
    const campaign = (source: string) => ({ context: { campaign: { source } } });
    const she = new Customer()
      .takes(0, { type: 'page', ...campaign('newsletter') })
      .takes(1, { type: 'page', ...campaign('wechat') })
      .does(2, 'Contact Added', { channel: '直播添加' });
    expect(she.story('渠道-公众号', '渠道-直播')).toEqual(['+渠道-公众号@1']);
    const imported = new Customer()
      .takes(0, { type: 'identify', properties: { channel: '线下到店' } })
      .takes(1, { type: 'page', ...campaign('wechat') });
    expect(imported.tags.filter((key) => key.startsWith('渠道-'))).toEqual(['渠道-门店']);
  });

  test.each<Record<string, unknown>>([
    { city: '上海市' },
    { city: '上海' },
    { address: { province: '广东省', city: '深圳市' } },
  ])('lives in a big city, however her place is told: %j', (traits) => {
    expect(new Customer().takes(0, { type: 'identify', traits }).tags).toContain('一线城市');
  });

  test('is a student by her occupation, whatever language it comes in, and no longer when it changes', () => {
    const she = new Customer().takes(0, { type: 'identify', traits: { occupation: 'student' } });
    expect(she.tags).toContain('学生');
    she.takes(1, { type: 'identify', traits: { occupation: '教师' } });
    expect(she.story('学生')).toEqual(['+学生@0', '-学生@1']);
  });

  test('is counted in each of four ways of interacting, each by itself and for 30 days', () => {
    const she = new Customer();
    for (const day of [0, 1, 2]) she.does(day, 'Content Liked').does(day, 'Content Commented');
    she.does(3, 'Content Shared').does(3, 'Message Received');
    const counters = ['点赞3次', '评论3次', '转发3次', '私信3次'];
    expect(she.tags.filter((key) => counters.includes(key))).toEqual(['点赞3次', '评论3次']);
    she.waits(31);
    expect(she.story('点赞3次')).toEqual(['+点赞3次@2', '-点赞3次@30']);
  });

  test('has an unpaid order until that very order is paid, cancelled, or a day is over', () => {
    const begins = (day: number, order_id: string) => ['Checkout Started', day, { order_id }] as const;
    const she = new Customer();
    for (const [event, day, properties] of [begins(0, 'a'), begins(0.1, 'b')]) she.does(day, event, properties);
    she.does(0.2, 'Order Completed', { order_id: 'b', total: 10 });
    expect(she.state.tags['未付款订单']).toMatchObject({ value: 'a', evidence: ['m0'] });
    she.does(0.3, 'Order Paid', { order_id: 'a', total: 10 });
    expect(she.tags).not.toContain('未付款订单');
    she.does(1, 'Checkout Started', { order_id: 'c' }).waits(3);
    expect(she.story('未付款订单')).toEqual(['+未付款订单@0', '-未付款订单@0.3', '+未付款订单@1', '-未付款订单@2']);
    // A shop that gives no number before the payment: any order settles it.
    she.does(4, 'Checkout Started').does(4.1, 'Order Completed', { order_id: 'd', total: 1 });
    expect(she.tags).not.toContain('未付款订单');
  });

  test('needs something at two levels: what she looks at and what it belongs to', () => {
    const she = new Customer();
    const looks = (day: number, category: string) =>
      she.does(day, 'Product Viewed', { product_id: category, category });
    looks(0, '护肤-抗衰');
    looks(1, '护肤-保湿');
    looks(2, '护肤-抗衰');
    expect(she.tags.filter((key) => key.startsWith('核心需求'))).toEqual(['核心需求:护肤']);
    looks(3, '护肤-抗衰');
    expect(she.tags.filter((key) => key.startsWith('核心需求')).sort()).toEqual([
      '核心需求:护肤',
      '核心需求:护肤-抗衰',
    ]);
  });

  test('who has referred somebody or shared in the community is known for it from then on', () => {
    const she = new Customer().does(0, 'Content Shared').does(1, 'Referral Completed', { friend: 'li' }).waits(400);
    expect(she.tags).toEqual(expect.arrayContaining(['推荐过新客', '社群分享过']));
    expect(she.state.tags['推荐过新客']).toMatchObject({ since: on(1), evidence: ['m1'] });
    expect(new Customer().does(0, 'Content Liked').tags).not.toContain('社群分享过');
  });

  test('may be called a regular from the fourth order, or by the other reading from the third', () => {
    const tag = privateDomainRules.tags.find(({ key }) => key === '复购3次');
    expect(tag?.readings?.map(({ when }) => when)).toEqual([tag?.when, { nth: { event: 'Order Completed', n: 3 } }]);
    const regulars = privateDomainSegments.find(({ id }) => id === 'regulars');
    expect(regulars?.readings?.[0]?.when).toEqual(regulars?.when);
    const orders = (n: number, category: string) => {
      const she = new Customer();
      for (let i = 0; i < n; i++) she.does(i, 'Order Completed', { total: 10, products: [{ category }] });
      return she;
    };
    const [, few, many] = regulars!.readings!;
    const holds = ({ state: { traits, tags, segments } }: Customer, when: typeof few, n: number) => {
      const world = { traits, tags, segments, now: on(9), zone: 'Asia/Shanghai', events: ordersUpTo(n) };
      return evaluateOver(when!.when, world).holds;
    };
    expect([holds(orders(2, '面霜'), few, 2), holds(orders(2, '面霜'), many, 2)]).toEqual([true, false]);
    expect([holds(orders(5, '面霜'), few, 5), holds(orders(5, '面霜'), many, 5)]).toEqual([false, true]);
    expect(holds(orders(2, '奶粉'), few, 2)).toBe(false);
  });

  test('of a short-link service who changes links often and looks at statistics is known by it, while she does', () => {
    const she = new Customer();
    for (const day of [0, 3, 6]) she.does(day, 'Short Link Edited').does(day, 'Statistics Viewed');
    expect(she.tags).toEqual(expect.arrayContaining(['频繁更换链接', '关注推广效果']));
    she.waits(40);
    expect(she.story('频繁更换链接', '关注推广效果')).toEqual([
      '+频繁更换链接@6',
      '+关注推广效果@6',
      '-频繁更换链接@7',
      '-关注推广效果@30',
    ]);
  });

  test('of a short-link service has one band of activity, and goes through four phases', () => {
    const she = new Customer();
    for (let i = 0; i < 12; i++) she.does(i / 10, 'Short Link Created');
    const bands = ['活跃度-低', '活跃度-中', '活跃度-高'];
    expect(she.story(...bands)).toEqual([
      '+活跃度-低@0',
      '-活跃度-低@0.3',
      '+活跃度-中@0.3',
      '-活跃度-中@1.1',
      '+活跃度-高@1.1',
    ]);
    she.waits(70);
    expect(she.tags.filter((key) => bands.includes(key))).toEqual([]);
    const phases = ['生命周期-新客', '生命周期-成长', '生命周期-沉默', '生命周期-流失'];
    expect(she.story(...phases).filter((one) => one.startsWith('+'))).toEqual([
      '+生命周期-新客@0',
      '+生命周期-成长@0.2',
      '+生命周期-沉默@16.1',
      '+生命周期-流失@61.1',
    ]);
  });

  test('may be made a VIP by hand, and stays one until the hand is taken off', () => {
    const she = new Customer().does(0, 'Order Completed', { total: 10 });
    she.gets(1, { type: 'tag', op: 'add', key: 'VIP', cause: 'wang@shop' });
    expect(she.story('老客', 'VIP')).toEqual(['+老客@0', '-老客@1', '+VIP@1']);
    expect(she.state.tags['VIP']).toMatchObject({ manual: true });
    she.gets(2, { type: 'tag', op: 'remove', key: 'VIP', cause: 'wang@shop' });
    expect(she.story('老客', 'VIP').slice(3)).toEqual(['-VIP@2', '+老客@2']);
  });

  test('with a bought category may need what goes with it, until she has bought that too', () => {
    const she = new Customer().does(0, 'Order Completed', {
      total: 10,
      products: [{ category: '面霜' }, { category: '洁面' }],
    });
    expect(she.tags).toEqual(expect.arrayContaining(['买过:面霜', '买过:洁面', '潜在需求:精华']));
    she.does(1, 'Order Completed', { total: 10, products: [{ category: '精华' }] });
    expect(she.tags).not.toContain('潜在需求:精华');
  });

  test('uses analytics once she has turned them on; another feature is none', () => {
    const she = new Customer().does(0, 'Feature Enabled', { feature: 'dark_mode' });
    expect(she.tags).not.toContain('开启数据分析');
    expect(she.does(1, 'Feature Enabled', { feature: 'analytics' }).tags).toContain('开启数据分析');
  });

  test('becomes a promising user with her fifth short link, not before', () => {
    const she = new Customer();
    for (let i = 0; i < 4; i++) she.does(i, 'Short Link Created');
    expect(she.tags).not.toContain('潜力高活用户');
    she.does(4, 'Short Link Created').does(5, 'Short Link Created');
    expect(she.state.tags['潜力高活用户']).toMatchObject({ since: on(4), evidence: ['m4'] });
  });
});
