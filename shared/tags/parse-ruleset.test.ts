import { describe, expect, test } from 'vitest';
import { parseRuleset, ruleSentence } from './index.ts';

const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, more: Record<string, unknown>) => ({ key, name: words(key), category: 'value', ...more });
const ruleset = (tags: unknown[], groups: unknown[] = [], zone = 'Asia/Shanghai') => ({
  version: 1,
  zone,
  groups,
  tags,
});
const bought = { did: { event: 'Order Completed' } };
const group = (levels: string[]) => ({ id: 'level', name: words('level'), levels });
const table = (from = ['cream'], to = ['serum']) => ({
  event: 'Order Completed',
  of: 'properties.category',
  table: [{ from, to }],
});

const CITIES = Array.from({ length: 50 }, (_, i) => `${i}`.padStart(100, '市'));

/** Wrong ruleset, the code it must give, and the place. */
const MISTAKES: [string, unknown, string, string][] = [
  ['an unknown operator', ruleset([tag('a', { when: { bought: {} } })]), 'rule-unknown-operator', 'tags.0.when.bought'],
  ['two operators in one', ruleset([tag('a', { when: { tag: 'b', not: bought } })]), 'rule-shape', 'tags.0.when'],
  [
    'an unknown operator deep inside',
    ruleset([tag('a', { when: { all: [bought, { not: { x: 1 } }] } })]),
    'rule-unknown-operator',
    'tags.0.when.all.1.not.x',
  ],
  ['no event', ruleset([tag('a', { when: { did: {} } })]), 'rule-field-missing', 'tags.0.when.did.event'],
  [
    'a comparison with nothing',
    ruleset([tag('a', { when: { trait: { path: 'city', op: 'eq' } } })]),
    'rule-field-missing',
    'tags.0.when.trait.value',
  ],
  [
    'a comparison that can never be true',
    ruleset([tag('a', { when: { trait: { path: 'city', op: 'in', value: [] } } })]),
    'rule-value',
    'tags.0.when.trait.value',
  ],
  [
    'a beginning that is no text',
    ruleset([tag('a', { when: { trait: { path: 'city', op: 'prefix', value: 7 } } })]),
    'rule-value',
    'tags.0.when.trait.value',
  ],
  ['a key that nobody can see', ruleset([tag('a\u200b', { when: bought })]), 'key-characters', 'tags.0.key'],
  ['a key that programs keep', ruleset([tag('constructor', { when: bought })]), 'key-characters', 'tags.0.key'],
  [
    'more than a row can keep',
    ruleset(
      Array.from({ length: 400 }, (_, i) =>
        tag(`${i}`, { when: { trait: { path: 'city', op: 'in', value: CITIES } } }),
      ),
    ),
    'ruleset-too-large',
    'tags',
  ],
  ['no kind of condition', ruleset([tag('a', { when: { all: [{}] } })]), 'rule-operator-missing', 'tags.0.when.all.0'],
  [
    'a field that does not exist',
    ruleset([tag('a', { when: { did: { event: 'x', whithin: 'P7D' } } })]),
    'rule-field-unknown',
    'tags.0.when.did',
  ],
  [
    'a duration of months',
    ruleset([tag('a', { when: { silent: { for: 'P1M' } } })]),
    'rule-duration',
    'tags.0.when.silent.for',
  ],
  [
    'a path from nowhere',
    ruleset([tag('a', { when: { did: { event: 'x', by: 'product_id' } } })]),
    'rule-path',
    'tags.0.when.did.by',
  ],
  [
    'an unknown comparison',
    ruleset([tag('a', { when: { trait: { path: 'city', op: 'like' } } })]),
    'rule-field-value',
    'tags.0.when.trait.op',
  ],
  ['a key twice', ruleset([tag('a', { when: bought }), tag('a', { when: bought })]), 'tag-twice', 'tags.1.key'],
  ['neither rule nor hand', ruleset([tag('a', {})]), 'tag-no-rule', 'tags.0.when'],
  ['an unknown tag in a rule', ruleset([tag('a', { when: { not: { tag: 'b' } } })]), 'tag-unknown', 'tags.0.when'],
  ['a tag that looks at itself', ruleset([tag('a', { when: { not: { tag: 'a' } } })]), 'tag-cycle', 'tags.0.when'],
  [
    'tags that look at each other',
    ruleset([tag('a', { when: { tag: 'b' } }), tag('b', { when: { tag: 'a' } })]),
    'tag-cycle',
    'tags.0.when',
  ],
  [
    'a level that looks at its own group',
    ruleset(
      [tag('a', { when: bought, group: 'level' }), tag('b', { when: { tag: 'a' }, group: 'level' })],
      [group(['a', 'b'])],
    ),
    'tag-cycle',
    'tags.0.when',
  ],
  ['an unknown group', ruleset([tag('a', { when: bought, group: 'level' })]), 'tag-group-unknown', 'tags.0.group'],
  [
    'a tag that has no level',
    ruleset(
      ['a', 'b', 'c'].map((key) => tag(key, { when: bought, group: 'level' })),
      [group(['a', 'b'])],
    ),
    'tag-not-in-levels',
    'tags.2.group',
  ],
  [
    'a level that is no tag',
    ruleset([tag('a', { when: bought, group: 'level' })], [group(['a', 'z'])]),
    'group-level-unknown',
    'groups.0.levels.1',
  ],
  [
    'a level twice',
    ruleset([tag('a', { when: bought, group: 'level' })], [group(['a', 'a'])]),
    'group-level-twice',
    'groups.0.levels.1',
  ],
  [
    'a family in a group',
    ruleset(
      ['a', 'b'].map((key) => tag(key, { when: bought, group: 'level', family: { by: 'properties.id', bound: 5 } })),
      [group(['a', 'b'])],
    ),
    'tag-family-in-group',
    'tags.0.family',
  ],
  ['a table besides a rule', ruleset([tag('a', { when: bought, infer: table() })]), 'tag-infer-alone', 'tags.0.when'],
  [
    'a table that leads from a thing to itself',
    ruleset([tag('a', { infer: table(['cream', 'serum'], ['serum']) })]),
    'tag-infer-itself',
    'tags.0.infer',
  ],
  [
    'a look at what no table leads to',
    ruleset([tag('a', { infer: table() }), tag('b', { when: { tag: 'a:soap' } })]),
    'tag-unknown',
    'tags.1.when',
  ],
  [
    'a tag that a table makes already',
    ruleset([tag('a', { infer: table() }), tag('a:serum', { when: bought })]),
    'tag-twice',
    'tags.0.infer',
  ],
  ['a zone that is none', ruleset([], [], 'Shanghai'), 'ruleset-zone', 'zone'],
];

describe('a ruleset is refused with a place, a sentence and a next step in both languages when it has', () => {
  test.each(MISTAKES)('%s', (_, wrong, code, field) => {
    const parsed = parseRuleset(wrong);
    if (parsed.ok) throw new Error('It was let through');
    const found = parsed.diagnostics.find((diagnostic) => diagnostic.code === code);
    expect([code, found?.field, parsed.diagnostics.map((each) => each.code)]).toEqual([
      code,
      field,
      expect.arrayContaining([code]),
    ]);
    for (const text of [found?.message, found?.next]) {
      expect(text?.zh).toMatch(/[\u4e00-\u9fff].*[。]$/);
      expect(text?.en).toMatch(/^.+\.$/);
      expect(`${text?.zh}${text?.en}`).not.toMatch(/undefined|\[object/);
    }
  });
});

test('tags may look at other tags, at families and at levels of groups', () => {
  const good = ruleset(
    [
      tag('both', { when: { all: [{ tag: 'b' }, { tag: 'seen' }, { tag: 'seen:cream' }] } }),
      tag('a', { when: bought, group: 'level' }),
      tag('b', { when: bought, group: 'level' }),
      tag('seen', { when: bought, family: { by: 'properties.id', bound: 5 } }),
      tag('needs', { infer: table(), excludes: ['discounts'] }),
      tag('any need', { when: { any: [{ tag: 'needs' }, { tag: 'needs:serum' }] } }),
    ],
    [group(['a', 'b'])],
  );
  expect(parseRuleset(good)).toEqual({ ok: true, ruleset: good });
});

test('a tag’s rule is a sentence, with all that goes with it', () => {
  const good = ruleset([
    tag('needs', {
      infer: { ...table(['cream', 'lotion']), within: 'P30D' },
      excludes: ['discounts'],
      ttl: 'P90D',
    }),
    tag('no visits', { manual: true, excludes: ['visits'] }),
    tag('seen', { when: bought, sticky: true, family: { by: 'properties.id', bound: 5 } }),
  ]);
  const parsed = parseRuleset(good);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  expect(parsed.ruleset.tags.map((tag) => ruleSentence(tag))).toEqual([
    {
      zh: '最近 30 天内「下单」至少 1 次，按品类推导：「cream」「lotion」 → 「serum」（还没有过的才算）；90 天内未再确认则去掉；不发涉及「discounts」的内容',
      en: '“Order Completed” at least once in the last 30 days; from the category follows: “cream”, “lotion” → “serum” (unless she has had it); goes 90 days after it was last confirmed; no content about “discounts” is sent',
    },
    { zh: '手动打标；不发涉及「visits」的内容', en: 'set by hand; no content about “visits” is sent' },
    {
      zh: '「下单」至少 1 次；每个 id 一个标签，最多 5 个；一旦成立永远保留',
      en: '“Order Completed” at least once; a tag for each id, 5 at most; once true, for ever',
    },
  ]);
});
