import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ruleset } from '../tags/index.ts';
import { capsFor, type HeldTo, reached, reachedWords, segmentsOfHers, tryAgainAt } from './caps.ts';

const words = (text: string) => ({ zh: text, en: text });
const ZONE = 'Asia/Shanghai';
const ruleset: Ruleset = { version: 1, zone: ZONE, groups: [], tags: [] };
const held = (...tags: string[]) => Object.fromEntries(tags.map((tag) => [tag, {}]));
const her = (tags: string[], segments: string[] = []) => ({ tags: held(...tags), segments: held(...segments) });
const said = (caps: readonly HeldTo[]) => caps.map(({ name, most, within }) => `${name.zh} ${most} ${within ?? 'day'}`);

describe('which caps hold for her', () => {
  test('as shipped: one a day for everybody, newcomers 2 in 7 days, regulars 3 in 7, the silent 2 in 30', () => {
    expect(said(capsFor(ruleset, her([])))).toEqual(['所有客户 1 day']);
    expect(said(capsFor(ruleset, her(['新客'])))).toEqual(['所有客户 1 day', '新客 2 P7D']);
    expect(said(capsFor(ruleset, her(['复购客'])))).toEqual(['所有客户 1 day', '老客 3 P7D']);
    expect(said(capsFor(ruleset, her(['老客', '沉默15天'])))).toEqual(['所有客户 1 day', '沉默客户 2 P30D']);
  });

  const segment = (id: string, more: object = {}) => ({
    id,
    name: words(id),
    goal: words('g'),
    when: { tag: id },
    ...more,
  });
  const planned: Ruleset = {
    ...ruleset,
    caps: { lifecycle: [{ name: words('新'), tags: ['新客'], most: 2, within: 'P7D' }] },
    segments: [
      segment('high', { cap: { most: 5, within: 'P7D' } }),
      segment('dormant', { cap: { most: 1, within: 'P30D' } }),
      segment('plain'),
      segment('alone', { cap: { most: 4, within: 'P1D' } }),
    ],
    segmentFamilies: [{ id: 'groups', name: words('g'), order: ['high', 'plain', 'dormant'] }],
  };

  test('the segment that she belongs to goes before her lifecycle, where it has a cap', () => {
    expect(said(capsFor(planned, her(['新客'], ['dormant', 'high'])))).toEqual(['high 5 P7D']);
    expect(said(capsFor(planned, her(['新客'], ['dormant', 'plain'])))).toEqual(['新 2 P7D']);
    expect(said(capsFor(planned, her(['新客'], ['dormant', 'alone'])))).toEqual(['dormant 1 P30D', 'alone 4 P1D']);
    expect(segmentsOfHers(planned, her([], ['dormant', 'plain'])).map(({ id }) => id)).toEqual(['plain']);
  });
});

const day: HeldTo = { name: words('所有客户'), most: 1, zone: ZONE };
const week: HeldTo = { name: { zh: '新客', en: 'New customers' }, most: 2, within: 'P7D', zone: ZONE };

describe('when the next one may go', () => {
  test('a day is one of the calendar in the tenant’s zone', () => {
    // 23:30 in Shanghai, and a quarter of an hour past midnight.
    const sent = ['2026-03-01T15:30:00.000Z'];
    expect(reached([day], sent, '2026-03-01T15:59:59.999Z')?.freeAt).toBe('2026-03-01T16:00:00.000Z');
    expect(reached([day], sent, '2026-03-01T16:00:00.000Z')).toBeUndefined();
  });

  test('a stretch of seven days ends to the millisecond', () => {
    const sent = ['2026-03-04T02:00:00.000Z', '2026-03-01T02:00:00.000Z'];
    expect(reached([week], sent, '2026-03-08T01:59:59.999Z')?.freeAt).toBe('2026-03-08T02:00:00.000Z');
    expect(reached([week], sent, '2026-03-08T02:00:00.000Z')).toBeUndefined();
  });

  test('the cap that holds longest is the one told, in both languages', () => {
    const sent = ['2026-03-04T02:00:00.000Z', '2026-03-01T02:00:00.000Z'];
    expect(reachedWords(reached([day, week], sent, '2026-03-04T08:00:00.000Z')!)).toEqual({
      zh: '频控：新客 7 天内最多 2 条，已发 2 条；2026-03-08 10:00 起可以再发',
      en: 'cap: New customers, at most 2 messages in 7 days; 2 sent; free again from 2026-03-08 10:00',
    });
    expect(reachedWords(reached([day], sent, '2026-03-04T08:00:00.000Z')!)).toEqual({
      zh: '频控：所有客户每天最多 1 条，已发 1 条；2026-03-05 00:00 起可以再发',
      en: 'cap: 所有客户, at most 1 message a day; 1 sent; free again from 2026-03-05 00:00',
    });
  });

  test('who waits for a new day is written to at the hour at which she was to be, not at midnight', () => {
    const now = '2026-03-04T08:00:00.000Z';
    const full = reached([day], ['2026-03-04T02:00:00.000Z'], now)!;
    expect(tryAgainAt(full, now, '2026-03-07T08:00:00.000Z')).toBe('2026-03-05T08:00:00.000Z');
    // Its time is up before: then as late as may be.
    expect(tryAgainAt(full, now, '2026-03-04T20:00:00.000Z')).toBe('2026-03-04T20:00:00.000Z');
    expect(tryAgainAt(full, now, '2026-03-04T15:59:59.999Z')).toBeUndefined();
  });

  test('at any moment: reached exactly when as many as the most count, and free exactly when one less does', () => {
    const START = Date.parse('2026-03-01T00:00:00.000Z');
    const instant = fc.nat(40 * 86_400).map((s) => new Date(START + s * 1000).toISOString());
    const cap = fc.record({
      name: fc.constant(words('x')),
      most: fc.integer({ min: 1, max: 4 }),
      within: fc.constantFrom(undefined, 'P1D', 'P7D', 'PT36H'),
      zone: fc.constantFrom(ZONE, 'America/New_York', 'UTC'),
    });
    const dayIn = (zone: string, at: string) => new Date(at).toLocaleDateString('sv', { timeZone: zone });
    const length = { P1D: 24, P7D: 168, PT36H: 36 };
    const count = ({ within, zone }: HeldTo, sent: string[], at: string) =>
      sent.filter((one) =>
        within === undefined
          ? dayIn(zone, one) === dayIn(zone, at)
          : Date.parse(one) > Date.parse(at) - length[within as 'P1D'] * 3_600_000,
      ).length;
    fc.assert(
      fc.property(fc.array(cap, { maxLength: 3 }), fc.array(instant, { maxLength: 12 }), instant, (all, times, now) => {
        const caps = all.map(({ within, ...rest }) => (within === undefined ? rest : { ...rest, within }));
        const sent = times
          .filter((at) => at <= now)
          .toSorted()
          .reverse();
        const found = reached(caps, sent, now);
        const full = (at: string) => caps.some((one) => count(one, sent, at) >= one.most);
        expect(found !== undefined).toBe(full(now));
        if (found === undefined) return;
        expect(full(found.freeAt)).toBe(false);
        expect(full(new Date(Date.parse(found.freeAt) - 1).toISOString())).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
