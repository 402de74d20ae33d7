import { describe, expect, it } from 'vitest';
import { diffRulesets } from './diff-rulesets.ts';
import { estimate } from './estimate.ts';
import { rebaseRuleset } from './rebase-ruleset.ts';
import type { Ruleset, TagDefinition } from './ruleset.ts';

const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, times: number, more: Partial<TagDefinition> = {}): TagDefinition => ({
  key,
  name: words(key),
  category: 'value',
  when: { did: { event: 'Order', count: { op: 'gte', value: times } } },
  ...more,
});
const rules = (tags: readonly TagDefinition[], more: Partial<Ruleset> = {}): Ruleset => ({
  version: 1,
  zone: 'Asia/Shanghai',
  groups: [],
  tags,
  ...more,
});

describe('what differs between two rulesets', () => {
  it('is told tag by tag, segment by segment, in both languages', () => {
    const segment = { id: 's', name: words('s'), goal: words('sell'), when: { tag: 'a' } };
    const before = rules([tag('a', 1), tag('b', 2), tag('c', 3)], { segments: [segment] });
    const after = rules([tag('a', 5), tag('c', 3, { purpose: words('p') }), tag('d', 4)], {
      zone: 'UTC',
      segments: [{ ...segment, goal: words('sell more') }],
    });
    const found = diffRulesets(before, after);
    expect(found.map(({ what, op, key, fields }) => [what, op, key, fields.join()])).toEqual([
      ['zone', 'changed', 'UTC', 'zone'],
      ['tag', 'changed', 'a', 'when'],
      ['tag', 'changed', 'c', 'purpose'],
      ['tag', 'added', 'd', ''],
      ['tag', 'removed', 'b', ''],
      ['segment', 'changed', 's', 'goal'],
    ]);
    expect(found[1]?.said.en).toMatch(/5.*was.*1|Now.*5/);
    expect(found[1]?.said.zh).toContain('原来');
    expect(found[2]?.lines).toEqual([{ label: { zh: '用途', en: 'purpose' }, is: words('p') }]);
    expect(found[5]?.lines).toEqual([
      { label: { zh: '目标', en: 'goal' }, was: words('sell'), is: words('sell more') },
    ]);
  });

  it('calls tags and segments by the names they had, and have', () => {
    const called = (id: string, zh: string, en: string, when: object) => ({
      id,
      name: { zh, en },
      goal: words('g'),
      when: when as never,
    });
    const order = (ids: readonly string[]) => [{ id: 'f', name: words('f'), order: ids }];
    const of = (name: string, ids: readonly string[]) =>
      rules([{ ...tag('vip', 1), name: words(name) }], {
        segments: [
          called('s', '高价值', 'High value', { tag: 'vip' }),
          called('t', '沉默', 'Dormant', { segment: 's' }),
        ],
        segmentFamilies: order(ids),
      });
    const [, family] = diffRulesets(of('V', ['s', 't']), of('Valued', ['t', 's']));
    expect(family?.lines[0]).toMatchObject({
      was: { zh: '高价值 > 沉默', en: 'High value > Dormant' },
      is: { zh: '沉默 > 高价值', en: 'Dormant > High value' },
    });
    const [segment] = diffRulesets(
      rules([tag('vip', 1)], { segments: [called('s', 's', 's', { tag: 'other' })] }),
      rules([tag('vip', 1)], { segments: [called('s', 's', 's', { not: { tag: 'vip' } })] }),
    );
    expect(segment?.lines[0]?.is?.en).toContain('“vip”');
  });

  it('is nothing when only the order of members, or the version, differs', () => {
    const one = tag('a', 1);
    const { when, ...rest } = one;
    expect(diffRulesets(rules([one]), rules([{ when: when!, ...rest }], { version: 7 }))).toEqual([]);
  });
});

describe('a draft that others have overtaken', () => {
  it('keeps its own changes and takes over those of the others', () => {
    const base = rules([tag('a', 1), tag('b', 1), tag('c', 1), tag('d', 1)]);
    // Drafted: a changed, b removed, e new. Meanwhile: b changed, c changed, d removed, f new.
    const draft = rules([tag('a', 2), tag('c', 1), tag('d', 1), tag('e', 1)]);
    const current = rules([tag('a', 1), tag('b', 9), tag('c', 9), tag('f', 1)], { version: 2 });
    const caps = (perDay: number) => ({ perDay, lifecycle: [] });
    expect(rebaseRuleset(base, draft, { ...current, caps: caps(2) }).caps).toEqual(caps(2));
    expect(rebaseRuleset(base, { ...draft, caps: caps(3) }, { ...current, caps: caps(2) }).caps).toEqual(caps(3));
    expect(rebaseRuleset({ ...base, caps: caps(2) }, draft, { ...current, caps: caps(2) }).caps).toBeUndefined();
    const rebased = rebaseRuleset(base, draft, current);
    expect(rebased.tags).toEqual([tag('a', 2), tag('c', 9), tag('f', 1), tag('e', 1)]);
    expect(diffRulesets(current, rebased).map(({ op, key }) => `${op} ${key}`)).toEqual([
      'changed a',
      'added e',
      'removed b',
    ]);
  });
});

describe('an estimate from a sample', () => {
  it('says within what it lies, also when nobody of the sample is concerned', () => {
    expect(estimate(30, 300, 10_000)).toEqual({ value: 1000, low: expect.any(Number), high: expect.any(Number) });
    const { low, high } = estimate(30, 300, 10_000);
    expect([low > 650 && low < 750, high > 1350 && high < 1450]).toEqual([true, true]);
    expect(estimate(0, 300, 10_000)).toMatchObject({ value: 0, low: 0 });
    expect(estimate(0, 300, 10_000).high).toBeGreaterThan(50);
    expect(estimate(3, 100, 100)).toEqual({ value: 3, low: 3, high: 3 });
  });
});
