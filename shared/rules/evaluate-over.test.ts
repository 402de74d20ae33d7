import { describe, expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import {
  type Condition,
  conditionSchema,
  evaluateOver,
  eventNeeds,
  explain,
  OPERATORS,
  sentence,
  type World,
} from './index.ts';

const on = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString();
const event = (day: number, name: string, properties: Record<string, unknown> = {}): CustomerEvent => ({
  id: `${name}@${day}`,
  customer: 'c',
  name,
  type: 'track',
  at: on(day),
  received: on(day),
  properties,
});
const world: World = {
  traits: { city: '上海', age: '31', birthday: '2000-01-08', address: { state: '浙江省', city: '杭州' } },
  tags: ['老客', '浏览:cream-01'],
  events: [
    event(5, 'Order', { total: 30, products: [{ category: '面霜' }] }),
    event(0, 'Order', { total: 20.5 }),
    event(3, 'View', { id: 'cream' }),
    event(1, 'View', { id: 'serum' }),
    event(4, 'View', { id: 'cream' }),
    event(9, 'Order', { total: 1000 }),
  ],
  now: on(7),
  zone: 'UTC',
};

/** Condition, does it hold, evidence. The order on day 9 is still to come. */
const CASES: [Condition, boolean, string[]?][] = [
  [{ did: { event: 'Order' } }, true, ['Order@0']],
  [{ did: { event: 'Order', within: 'P7D', count: { op: 'gte', value: 2 } } }, false],
  [{ did: { event: 'Order', within: 'P8D', count: { op: 'gte', value: 2 } } }, true, ['Order@0', 'Order@5']],
  [{ did: { event: 'Order', count: { op: 'gte', value: 3 } } }, false],
  [
    { did: { event: 'Order', where: [{ path: 'properties.products.category', op: 'contains', value: '面霜' }] } },
    true,
    ['Order@5'],
  ],
  [{ did: { event: 'View', by: 'properties.id', count: { op: 'gte', value: 2 } } }, true, ['View@3', 'View@4']],
  [{ did: { event: '*', except: ['View'], count: { op: 'eq', value: 2 } } }, true],
  [{ nth: { event: ['Order', 'View'], n: 4 } }, true, ['View@4']],
  [{ sum: { event: 'Order', of: 'properties.total', op: 'gte', value: 50.5 } }, true],
  [{ sum: { event: 'Order', of: 'properties.total', op: 'gt', value: 50.5 } }, false],
  [{ avg: { event: 'Order', of: 'properties.total', op: 'gte', value: 25.25 } }, true],
  [{ avg: { event: 'Nothing', of: 'properties.total', op: 'lte', value: 25 } }, false],
  [
    { percentile: { measure: 'avg', event: 'Order', of: 'properties.total', from: 70, threshold: 25.25 } },
    true,
    ['Order@0', 'Order@5'],
  ],
  [{ percentile: { measure: 'sum', event: 'Order', of: 'properties.total', from: 70, threshold: 50.6 } }, false],
  [{ percentile: { measure: 'count', event: 'Order', of: 'properties.total', from: 70 } }, false],
  [{ percentile: { measure: 'count', event: 'Order', of: 'properties.total', from: 0 } }, true],
  [{ silent: { for: 'P2D' } }, true, ['Order@5']],
  [{ silent: { for: 'PT48H1S' } }, false],
  [{ silent: { for: 'P1D', event: 'Nothing' } }, false],
  [{ min: { event: 'Order', of: 'properties.total', op: 'gte', value: 20.5 } }, true, ['Order@0']],
  [{ min: { event: 'Order', of: 'properties.total', within: 'P7D', op: 'gte', value: 30 } }, true, ['Order@5']],
  [{ max: { event: 'Order', of: 'properties.total', op: 'gte', value: 30.5 } }, false, ['Order@5']],
  [{ max: { event: 'Nothing', of: 'properties.total', op: 'lt', value: 30.5 } }, false, []],
  [{ distinct: { event: 'View', of: 'properties.id', count: { op: 'eq', value: 2 } } }, true],
  [{ distinct: { event: 'View', of: 'properties.id', within: 'P6D', count: { op: 'eq', value: 1 } } }, true],
  [{ streak: { event: ['Order', 'View'], days: 3 } }, false],
  [{ since: { which: 'first', event: 'Order', op: 'gte', for: 'P7D' } }, true, ['Order@0']],
  [{ since: { which: 'last', event: 'Order', op: 'lt', for: 'P2D' } }, false, ['Order@5']],
  [{ gap: { event: 'Order', for: 'P5D' } }, true, ['Order@0', 'Order@5']],
  [{ gap: { event: 'Order', for: 'P6D' } }, false],
  [{ followed: { event: 'View', by: { event: 'Order' }, within: 'P1D' } }, true, ['View@4', 'Order@5']],
  [{ followed: { event: 'Order', by: { event: 'View' }, within: 'PT23H' } }, false],
  [{ notFollowed: { event: 'Order', by: { event: 'View' }, within: 'P2D' } }, true, ['Order@5']],
  [{ notFollowed: { event: 'Order', by: { event: 'View' }, within: 'P3D' } }, false],
  [{ notFollowed: { event: 'View', by: { event: 'Order' } } }, false],
  [{ unanswered: { event: 'View', by: { event: 'Order' }, same: 'properties.id' } }, false],
  [{ unanswered: { event: 'Order', by: { event: 'View' }, same: 'properties.id' } }, true, ['Order@5']],
  [{ unanswered: { event: 'View', by: { event: 'View' }, same: 'properties.id', within: 'P4D' } }, true, ['View@4']],
  [{ first: { event: 'View', is: [{ path: 'properties.id', op: 'eq', value: 'serum' }] } }, true, ['View@1']],
  [{ first: { event: 'View', is: [{ path: 'properties.id', op: 'eq', value: 'cream' }] } }, false, ['View@1']],
  [{ age: { from: 26 } }, true],
  [{ age: { from: 18, below: 26 } }, false],
  [{ age: { from: 31, below: 32, path: 'age' } }, true],
  [{ region: { in: ['浙江'] } }, true],
  [{ region: { in: ['浙江/杭州市'] } }, true],
  [{ region: { in: ['江苏/杭州'] } }, false],
  [{ trait: { path: 'age', op: 'gte', value: 31 } }, true],
  [{ trait: { path: 'job', op: 'exists', value: false } }, true],
  [{ tag: '浏览' }, true],
  [{ tag: '新客' }, false],
  [{ segment: 'regulars' }, false],
  [{ not: { tag: '新客' } }, true],
  [{ any: [{ tag: '新客' }, { trait: { path: 'city', op: 'in', value: ['北京', '上海'] } }] }, true],
  [{ all: [{ tag: '老客' }, { tag: '新客' }] }, false],
];

describe('evaluateOver', () => {
  test.each(CASES)('%j: %s', (condition, holds, evidence) => {
    expect(conditionSchema.safeParse(condition).success).toBe(true);
    const finding = evaluateOver(condition, world);
    expect(finding.holds).toBe(holds);
    if (evidence) expect(finding.evidence).toEqual(evidence);
  });

  test('every operator is tried above, says itself in both languages, and is described for the builder', () => {
    const tried = new Set(CASES.flatMap(([condition]) => Object.keys(condition)));
    expect([...tried].sort()).toEqual(Object.keys(OPERATORS).sort());
    for (const [condition] of CASES) {
      for (const text of [sentence(condition), explain(condition, world)]) {
        expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
        expect(text.en).not.toMatch(/[\u3000-\u303f]|undefined|NaN/);
      }
    }
    for (const [name, operator] of Object.entries(OPERATORS)) {
      expect(operator.name).toBe(name);
      expect(operator.label.zh && operator.label.en && operator.help.zh && operator.help.en).toBeTruthy();
    }
  });

  test('what an app calls by a name of its own is said so; brackets stand only inside', () => {
    const either: Condition = {
      any: [{ did: { event: 'Lamp Lit' } }, { trait: { path: 'plan.tier', op: 'eq', value: 2 } }],
    };
    expect(sentence(either).zh).toBe('「Lamp Lit」至少 1 次，或plan.tier 等于 2');
    expect(sentence({ all: [either, { tag: 'VIP' }] }).zh).toBe(
      '（「Lamp Lit」至少 1 次，或plan.tier 等于 2），且有标签「VIP」',
    );
    expect(sentence({ all: [{ not: { tag: 'a' } }, either] }).en).toBe(
      'does not have the tag “a”, and (“Lamp Lit” at least once, or plan.tier is 2)',
    );
  });

  test('a rule is said as people say it', () => {
    const rule: Condition = {
      all: [
        { did: { event: 'Order Completed', within: 'P7D', count: { op: 'gte', value: 3 } } },
        { not: { tag: 'VIP' } },
      ],
    };
    expect(sentence(rule)).toEqual({
      zh: '最近 7 天内「下单」至少 3 次，且没有标签「VIP」',
      en: '“Order Completed” at least 3 times in the last 7 days, and does not have the tag “VIP”',
    });
  });

  test.each<[Condition, string, string]>([
    [{ did: { event: 'View', within: 'P7D' } }, '最近 7 天内没有「View」', 'no “View” in the last 7 days'],
    [{ did: { event: 'View', count: { op: 'gte', value: 3 } } }, '「View」不到 3 次', '“View” less than 3 times'],
    [
      { did: { event: 'View', by: 'properties.id', count: { op: 'gte', value: 2 } } },
      '没有哪个 id 的「View」至少 2 次',
      'no id has “View” at least twice',
    ],
    [{ did: { event: 'View' } }, '从未有过「View」', 'no “View” so far'],
    [{ did: { event: '*', within: 'P7D' } }, '最近 7 天内没有任何行为', 'nothing in the last 7 days'],
    [{ did: { event: ['A', 'B', 'C'] } }, '从未有过「A」、「B」或「C」', 'no “A”, “B” or “C” so far'],
    [
      { trait: { path: 'city', op: 'in', value: ['上海', '北京'] } },
      '城市不是 上海、北京 中的任何一个（或未知）',
      'city is none of 上海, 北京 (or unknown)',
    ],
    [{ age: { from: 25 } }, '年龄不到 25 岁（或未知）', 'aged below 25 (or unknown)'],
    [{ age: { from: 25, below: 35 } }, '年龄不在 25 至 34 岁之间（或未知）', 'not aged 25 to 34 (or unknown)'],
    [
      { first: { event: 'Added', is: [{ path: 'properties.channel', op: 'eq', value: 'live' }] } },
      '第一次「Added」时，渠道不是 live（或未知），或还没有过',
      'at the first “Added”, channel is not live (or unknown); or there is none',
    ],
    [
      { notFollowed: { event: 'A', by: { event: 'B' } } },
      '每次「A」之后都已有「B」，或还没有「A」',
      'no “A” without “B” after it',
    ],
    [{ nth: { event: 'View', n: 1 } }, '还没有「View」', 'no “View” yet'],
    [{ nth: { event: 'View', n: 2 } }, '还没有完成第 2 次「View」', 'no 2nd “View” yet'],
    [{ tag: 'VIP' }, '没有标签「VIP」', 'does not have the tag “VIP”'],
    [{ not: { tag: 'VIP' } }, '有标签「VIP」', 'has the tag “VIP”'],
    [{ trait: { path: 'city', op: 'eq', value: '上海' } }, '城市不是 上海（或未知）', 'city is not 上海 (or unknown)'],
    [{ trait: { path: 'city', op: 'exists' } }, '城市没有值', 'city is unknown'],
    [{ silent: { for: 'P7D', event: 'View' } }, '没有「View」还不满 7 天', 'not yet 7 days without “View”'],
    [
      { sum: { event: 'Order', of: 'properties.total', op: 'gte', value: 100 } },
      '「Order」的金额合计不到 100',
      'the total of “Order” adds up to less than 100',
    ],
    [
      { any: [{ tag: 'A' }, { tag: 'B' }] },
      '没有标签「A」，且没有标签「B」',
      'does not have the tag “A”, and does not have the tag “B”',
    ],
    [
      { all: [{ tag: 'A' }, { tag: 'B' }] },
      '不同时满足（有标签「A」，且有标签「B」）',
      'not all of (has the tag “A”, and has the tag “B”)',
    ],
  ])('what must not be is said plainly: %j', (part, zh, en) => {
    expect(sentence({ not: part })).toEqual({ zh, en });
  });

  test.each<[Condition, string, string]>([
    [{ did: { event: 'View', count: { op: 'lte', value: 1 } } }, '「View」至多 1 次', '“View” at most once'],
    [
      { trait: { path: 'city', op: 'in', value: ['上海', '北京'] } },
      '城市是 上海、北京 之一',
      'city is one of 上海, 北京',
    ],
    [
      { trait: { path: 'city', op: 'in', value: ['A', 'B', 'C', 'D', 'E', 'F', 'G'] } },
      '城市是 A、B、C 等 7 个之一',
      'city is one of A, B, C and 4 others',
    ],
    [
      { distinct: { event: 'View', of: 'properties.category', count: { op: 'gte', value: 3 } } },
      '「View」的不同品类至少 3 个',
      '“View” with at least 3 different values of category',
    ],
    [{ region: { in: ['浙江', '上海'] } }, '在浙江或上海', 'is in 浙江 or 上海'],
    [
      { avg: { event: 'Order', of: 'properties.total', op: 'gte', value: 100 } },
      '「Order」的平均金额至少 100',
      'the average total of “Order” is at least 100',
    ],
    [
      { max: { event: 'Order', of: 'properties.total', op: 'gte', value: 100 } },
      '「Order」的最大金额至少 100',
      'the largest total of “Order” is at least 100',
    ],
  ])('what must be is said as people say it: %j', (part, zh, en) => {
    expect(sentence(part)).toEqual({ zh, en });
  });

  test('of many exceptions two are named, and events without a name of their own have words', () => {
    expect(sentence({ did: { event: '*', except: ['$identify', 'Order Refunded', 'A', 'B'] } })).toEqual({
      zh: '任何行为（「资料更新」「退款」等 4 种除外）至少 1 次',
      en: 'anything (except “profile update”, “Order Refunded” and 2 others) at least once',
    });
    expect(sentence({ did: { event: '$page', where: [{ path: 'properties.total', op: 'gte', value: 5 }] } }).zh).toBe(
      '「浏览页面」（金额不小于 5）至少 1 次',
    );
  });

  test('a found value is handed on', () => {
    expect(
      evaluateOver(
        { all: [{ tag: '老客' }, { did: { event: 'View', by: 'properties.id', count: { op: 'gte', value: 2 } } }] },
        world,
      ).value,
    ).toBe('cream');
  });
});

describe('eventNeeds', () => {
  test('asks for nothing where nothing is looked at, and for the longest window otherwise', () => {
    expect(eventNeeds({ tag: 'VIP' })).toBeUndefined();
    expect(
      eventNeeds({
        all: [{ did: { event: 'A', within: 'P7D' } }, { not: { did: { event: ['B', 'A'], within: 'P2W' } } }],
      }),
    ).toEqual({ names: ['A', 'B'], within: 'P2W' });
    expect(eventNeeds({ any: [{ did: { event: 'A', within: 'P7D' } }, { nth: { event: 'B', n: 2 } }] })).toEqual({
      names: ['A', 'B'],
    });
    expect(eventNeeds({ any: [{ silent: { for: 'P7D' } }, { did: { event: 'A' } }] })).toEqual({ names: '*' });
  });
});
