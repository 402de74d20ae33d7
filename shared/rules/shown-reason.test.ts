import { expect, it } from 'vitest';
import { evaluateOver, type Names, shownReason } from './index.ts';

const CALLED: Readonly<Record<string, string>> = { vip: 'VIP 客户', 'vip:gold': '金卡' };
const names: Names = {
  tag: (key) => ({ zh: CALLED[key] ?? key, en: `the ${CALLED[key] ?? key}` }),
  segment: (id) => ({ zh: `人群 ${id}`, en: `group ${id}` }),
};
const world = { traits: {}, tags: { vip: {} }, segments: {}, events: [], now: '2026-03-01T12:00:00.000Z', zone: 'UTC' };
const why = (condition: object) => evaluateOver(condition as never, world as never).why;

it('a reason is kept with keys and shown with the names of today, whole sentences and parts of them', () => {
  const kept = why({ all: [{ tag: 'vip' }, { not: { tag: 'vip:gold' } }, { not: { segment: 'dormant' } }] });
  expect(kept.zh).toContain('「vip」');
  const shown = shownReason(kept, names);
  expect(shown.zh).toBe(
    kept.zh
      .replace('「vip」', '「VIP 客户」')
      .replace('「vip:gold」', '「金卡」')
      .replace('「dormant」', '「人群 dormant」'),
  );
  expect(shown.en).toContain('has the tag “the VIP 客户”');
  expect(shown.en).toContain('is not in the segment “group dormant”');
});

it('what nobody knows any more keeps its key, and what is said of other things stays', () => {
  const gone = why({ tag: 'gone' });
  expect(shownReason(gone, { ...names, tag: (key) => ({ zh: key, en: key }) })).toEqual(gone);
  const other = { zh: '买过「vip」3 次', en: 'bought “vip” 3 times' };
  expect(shownReason(other, names)).toEqual(other);
});
