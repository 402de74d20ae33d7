import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PACKS } from '../packs/index.ts';
import { MOST_DIMENSIONS, worksheet } from './worksheet.ts';

const rulesOf = (id: string) => ({ ...PACKS.find((pack) => pack.id === id)!.rules, version: 1 });
const shop = rulesOf('private-domain');
const named = (keys: readonly (readonly string[])[], rules = shop) =>
  Object.fromEntries(
    worksheet(rules, keys).dimensions.map(({ name, values, none }) => [
      name.en,
      { ...Object.fromEntries(values.map(({ name: value, count }) => [value.en, count])), none },
    ]),
  );

test('a shop’s customers by level, age and needs; of whom nothing is known is counted, too', () => {
  const members = [
    ['VIP', '女性', '25-34岁', '高客单', '核心需求:护肤', '核心需求:护肤-抗衰'],
    ['VIP', '女性', '核心需求:护肤'],
    ['老客', '男性', '25-34岁'],
    ['新客'],
  ];
  expect(named(members)).toMatchObject({
    Level: { 'New customer': 1, Customer: 1, VIP: 2, none: 0 },
    Gender: { Male: 1, Female: 2, none: 1 },
    Age: { 'Aged 25 to 34': 2, none: 2 },
    Basket: { 'Large baskets': 1, none: 3 },
    Needs: { 'Core need: 护肤': 2, 'Core need: 护肤-抗衰': 1, none: 2 },
  });
});

test('the persona of a short-link service: how active, which phase, what for', () => {
  const members = [
    ['活跃度-高', '生命周期-成长', '开启数据分析', '短链场景:公众号推文'],
    ['活跃度-低', '生命周期-新客', '短链场景:社群'],
  ];
  expect(named(members, rulesOf('saas-short-link'))).toMatchObject({
    Activity: { none: 0 },
    'Phase of life': { none: 0 },
    Behaviour: { 'Uses analytics': 1, none: 1 },
    Scenes: { 'Where links are used: 公众号推文': 1, 'Where links are used: 社群': 1, none: 0 },
  });
});

test('has eight dimensions at most; those that tell of the fewest are left out and said so', () => {
  const tags = Array.from({ length: 10 }, (_, i) => ({
    key: `t${i}`,
    name: { zh: `标签${i}`, en: `Tag ${i}` },
    category: `c${i}`,
    manual: true as const,
  }));
  const rules = { version: 1, zone: 'UTC', groups: [], tags };
  const members = tags.map((_, i) => tags.slice(0, i + 1).map(({ key }) => key));
  const { dimensions, left } = worksheet(rules, members);
  expect(dimensions).toHaveLength(MOST_DIMENSIONS);
  expect(left.map(({ en }) => en)).toEqual(['c8', 'c9']);
});

describe('whoever the members are', () => {
  const keys = [...shop.tags.map(({ key }) => key), '买过:面霜', '浏览:a', '不认识'];
  const members = fc.array(fc.subarray(keys), { maxLength: 20 });

  test('nobody is counted twice in a value, and each dimension speaks of everybody', () => {
    fc.assert(
      fc.property(members, (all) => {
        for (const { values, none } of worksheet(shop, all).dimensions) {
          for (const { key, count } of values) expect(count).toBe(all.filter((one) => one.includes(key)).length);
          expect(none).toBeLessThan(all.length);
        }
      }),
    );
  });
});
