/** What the operators mean, as stories in the tenant's zone; that both ways of answering agree is shown in shared/profile. */
import { describe, expect, test } from 'vitest';
import type { CustomerEvent } from '../../events/index.ts';
import { advance, emptyState, type ProfileInput, type TagChange } from '../../profile/index.ts';
import { compileRuleset } from '../../tags/index.ts';
import { type Condition, sentence } from '../index.ts';

const ZONE = 'Asia/Shanghai';
/** A clock time in Shanghai on a day of March 2026. */
const on = (day: number, time = '12:00'): string =>
  new Date(`2026-03-${String(day).padStart(2, '0')}T${time}:00+08:00`).toISOString();

/** What a tag with this rule does while these things happen, until the end of March: "+" and "-" with clock times. */
function story(when: Condition, ...happenings: [at: string, name: string, more?: object][]) {
  const name = { zh: 't', en: 't' };
  const tags = [{ key: 't', name, category: 'behaviour', when }];
  const rules = compileRuleset({ version: 1, zone: ZONE, groups: [], tags });
  const inputs = happenings.map(([at, event, more], i): ProfileInput => {
    const told = { id: `m${i}`, customer: 'c', name: event, type: 'track' as const, at, received: at, properties: {} };
    return { type: 'event', event: { ...told, ...more } as CustomerEvent };
  });
  const { changes } = advance(emptyState('c'), inputs, rules, on(31));
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' });
  return {
    told: changes.map(
      (change) => `${(change as TagChange).op === 'added' ? '+' : '-'} ${clock.format(new Date(change.at))}`,
    ),
    why: changes.map((change) => (change as TagChange).why),
    evidence: changes.map((change) => (change as TagChange).evidence),
  };
}

describe('days in a row', () => {
  const three: Condition = { streak: { event: 'Link', days: 3, total: 5 } };

  test('count by the calendar of the zone, and hold until the day after the last one is over', () => {
    const { told, why } = story(
      three,
      [on(1, '23:59'), 'Link'],
      [on(2, '00:01'), 'Link'],
      [on(2, '00:02'), 'Link'],
      [on(3), 'Link'],
      [on(3, '18:00'), 'Link'],
    );
    expect(told).toEqual(['+ 2026-03-03 18:00', '- 2026-03-05 00:00']);
    expect(why[0]).toEqual({
      zh: '「Link」连续 3 天（2026-03-01 至 2026-03-03），合计 5',
      en: '“Link” on 3 days in a row (2026-03-01 to 2026-03-03), 5 altogether',
    });
  });

  test('three days with too little altogether are not enough, and a day left out begins anew', () => {
    expect(story(three, [on(1), 'Link'], [on(2), 'Link'], [on(3), 'Link']).told).toEqual([]);
    const gone = story(three, [on(1), 'Link'], [on(1), 'Link'], [on(2), 'Link'], [on(4), 'Link'], [on(4), 'Link']);
    expect(gone.told).toEqual([]);
  });

  test('a day on which she has not done enough yet breaks nothing', () => {
    const twice: Condition = { streak: { event: 'Link', days: 2, perDay: 2 } };
    const day = (n: number) => [
      [on(n, '10:00'), 'Link'] as [string, string],
      [on(n, '11:00'), 'Link'] as [string, string],
    ];
    expect(story(twice, ...day(1), ...day(2), [on(3), 'Link']).told).toEqual([
      '+ 2026-03-02 11:00',
      '- 2026-03-04 00:00',
    ]);
  });

  test('say themselves', () => {
    expect(sentence(three)).toEqual({
      zh: '连续 3 天「Link」，合计至少 5 次',
      en: '“Link” on 3 days in a row, 5 or more altogether',
    });
  });
});

test('asked and did not order: true from exactly three days after the first question, until she orders', () => {
  const open: Condition = { notFollowed: { event: 'Asked', by: { event: 'Order' }, within: 'P3D' } };
  const { told, why, evidence } = story(open, [on(1), 'Asked'], [on(3), 'Asked'], [on(6), 'Order'], [on(30), 'Asked']);
  expect(told).toEqual(['+ 2026-03-04 12:00', '- 2026-03-06 12:00']);
  expect(evidence[0]).toEqual(['m0']);
  expect(why[0]?.zh).toBe('「Asked」在 2026-03-01 12:00 (Asia/Shanghai)，之后没有「Order」');
});

test('ordered within a week of the coupon: the latest coupon before the order counts', () => {
  const used: Condition = { followed: { event: 'Coupon', by: { event: 'Order' }, within: 'P7D' } };
  expect(story(used, [on(1), 'Coupon'], [on(9), 'Order']).told).toEqual([]);
  const { told, evidence } = story(used, [on(1), 'Coupon'], [on(4), 'Coupon'], [on(9), 'Order']);
  expect(told).toEqual(['+ 2026-03-09 12:00']);
  expect(evidence[0]).toEqual(['m1', 'm2']);
});

test('ordered again after ten days or more, to the second', () => {
  const back: Condition = { gap: { event: 'Order', for: 'P10D' } };
  expect(story(back, [on(1), 'Order'], [on(11, '11:59'), 'Order']).told).toEqual([]);
  expect(story(back, [on(1), 'Order'], [on(11), 'Order'], [on(12), 'Order']).told).toEqual(['+ 2026-03-11 12:00']);
});

test('the first order is less than a week ago, and then no more', () => {
  const fresh: Condition = { since: { which: 'first', event: 'Order', op: 'lt', for: 'P7D' } };
  expect(story(fresh, [on(1), 'Order'], [on(5), 'Order']).told).toEqual(['+ 2026-03-01 12:00', '- 2026-03-08 12:00']);
});

test('three categories within a week: the ones seen longest ago leave first', () => {
  const curious: Condition = {
    distinct: { event: 'View', of: 'properties.category', within: 'P7D', count: { op: 'gte', value: 3 } },
  };
  const view = (day: number, category: string): [string, string, object] => [
    on(day),
    'View',
    { properties: { category } },
  ];
  const { told } = story(curious, view(1, 'a'), view(2, 'b'), view(3, 'a'), view(4, 'c'), view(5, 'c'));
  expect(told).toEqual(['+ 2026-03-04 12:00', '- 2026-03-09 12:00']);
});

test('the largest order of the last week makes room for the next largest', () => {
  const large: Condition = { max: { event: 'Order', of: 'properties.total', within: 'P7D', op: 'gte', value: 100 } };
  const order = (day: number, total: number): [string, string, object] => [on(day), 'Order', { properties: { total } }];
  expect(story(large, order(1, 300), order(3, 120), order(4, 50)).told).toEqual([
    '+ 2026-03-01 12:00',
    '- 2026-03-10 12:00',
  ]);
});

describe('age', () => {
  const told = (when: Condition, birthday: string) =>
    story(when, [on(1, '08:00'), '$identify', { type: 'identify', traits: { birthday } }]).told;

  test('moves on at the midnight that begins the birthday, by itself', () => {
    expect(told({ age: { from: 18, below: 25 } }, '2001-03-20')).toEqual(['+ 2026-03-01 08:00', '- 2026-03-20 00:00']);
    expect(told({ age: { from: 25 } }, '2001-03-20T00:00:00Z')).toEqual(['+ 2026-03-20 00:00']);
  });

  test('of who was born on 29 February moves on 1 March in a common year', () => {
    expect(told({ age: { from: 26 } }, '2000-02-29')).toEqual(['+ 2026-03-01 08:00']);
    expect(told({ age: { from: 27 } }, '2000-02-29')).toEqual([]);
  });

  test('of an impossible date is unknown', () => {
    expect(told({ age: { from: 1 } }, '2000-02-31')).toEqual([]);
  });
});

test('a region is met at any level, however it is written, and namesakes are told apart', () => {
  const told = (places: string[], traits: object) =>
    story({ region: { in: places } }, [on(1), '$identify', { type: 'identify', traits }]).told.length;
  expect(told(['浙江'], { address: { state: '浙江省', city: '杭州市' } })).toBe(1);
  expect(told(['杭州/西湖区'], { region: '中国/浙江/杭州/西湖' })).toBe(1);
  expect(told(['长春/朝阳'], { city: '北京', district: '朝阳区' })).toBe(0);
  expect(told(['北京/朝阳'], { city: '北京', district: '朝阳区' })).toBe(1);
  expect(told(['上海'], { occupation: '上海' })).toBe(0);
});
