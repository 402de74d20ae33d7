import { describe, expect, it } from 'vitest';
import {
  putSegment,
  putSegmentFamily,
  putTag,
  removeSegment,
  removeSegmentFamily,
  removeTag,
  withReverted,
} from './edit-ruleset.ts';
import { parseRuleset } from './parse-ruleset.ts';
import type { Ruleset, TagDefinition } from './ruleset.ts';

const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, more: Partial<TagDefinition> = {}): TagDefinition => ({
  key,
  name: words(key),
  category: 'value',
  when: { did: { event: 'Order' } },
  ...more,
});
const group = (id: string, ...levels: string[]) => ({ id, name: words(id), levels });
const segment = (id: string) => ({ id, name: words(id), goal: words('sell'), when: { tag: 'a' } });

const RULES: Ruleset = {
  version: 3,
  zone: 'Asia/Shanghai',
  groups: [group('level', 'low', 'high')],
  tags: [tag('low', { group: 'level' }), tag('high', { group: 'level' }), tag('a')],
  segments: [segment('one'), segment('two')],
  segmentFamilies: [{ id: 'all', name: words('all'), order: ['one', 'two'] }],
};
const isSound = (rules: Ruleset): boolean => parseRuleset(rules).ok;
const levelsOf = (rules: Ruleset, id = 'level') => rules.groups.find((one) => one.id === id)?.levels;
const groupOf = (rules: Ruleset, key: string) => rules.tags.find((one) => one.key === key)?.group;

describe('a tag that is put into the rules', () => {
  it('comes last when it is new, and stays in its place when it was there', () => {
    const added = putTag(RULES, tag('b'));
    expect(added.tags.map(({ key }) => key)).toEqual(['low', 'high', 'a', 'b']);
    const changed = putTag(added, tag('a', { sticky: true }));
    expect(changed.tags.map(({ key, sticky }) => [key, sticky])).toEqual([
      ['low', undefined],
      ['high', undefined],
      ['a', true],
      ['b', undefined],
    ]);
    expect(isSound(changed)).toBe(true);
  });

  it('joins a group at the level that it was given', () => {
    const joined = putTag(RULES, tag('mid'), group('level', 'low', 'mid', 'high'));
    expect(levelsOf(joined)).toEqual(['low', 'mid', 'high']);
    expect(groupOf(joined, 'mid')).toBe('level');
    expect(isSound(joined)).toBe(true);
  });

  it('takes others along into a new group, and out of it those that are no longer named', () => {
    const made = putTag(RULES, tag('b'), group('new', 'a', 'b'));
    expect([groupOf(made, 'a'), groupOf(made, 'b')]).toEqual(['new', 'new']);
    expect(isSound(made)).toBe(true);
    const left = putTag(putTag(made, tag('c')), tag('b'), group('new', 'b', 'c'));
    expect([groupOf(left, 'a'), groupOf(left, 'b'), groupOf(left, 'c')]).toEqual([undefined, 'new', 'new']);
    expect(isSound(left)).toBe(true);
  });

  it('leaves a group, which is none any more with one level', () => {
    const left = putTag(RULES, tag('high'));
    expect(left.groups).toEqual([]);
    expect(left.tags.map(({ group: of }) => of)).toEqual([undefined, undefined, undefined]);
    expect(isSound(left)).toBe(true);
  });

  it('keeps a group of which it is the only tag so far, so that the mistake is seen', () => {
    const alone = putTag(RULES, tag('b'), group('new', 'b'));
    expect(levelsOf(alone, 'new')).toEqual(['b']);
    expect(isSound(alone)).toBe(false);
  });
});

describe('what is taken out of the rules', () => {
  it('is a tag with its level, or a segment with its place in the order', () => {
    expect(removeTag(RULES, 'high')).toMatchObject({ groups: [], tags: [{ key: 'low' }, { key: 'a' }] });
    expect(groupOf(removeTag(RULES, 'high'), 'low')).toBeUndefined();
    const without = removeSegment(RULES, 'one');
    expect([without.segments?.map(({ id }) => id), without.segmentFamilies]).toEqual([['two'], []]);
  });
});

describe('one change of a draft that is taken back', () => {
  const back = (draft: Ruleset, what: string, key: string) => withReverted(draft, RULES, { what, key });

  it('leaves the others', () => {
    const draft = putSegment(putTag(putTag(RULES, tag('b')), tag('a', { sticky: true })), segment('three'));
    expect(back(draft, 'tag', 'a')?.tags).toEqual([...RULES.tags, tag('b')]);
    expect(back(draft, 'tag', 'b')?.tags.map(({ key }) => key)).toEqual(['low', 'high', 'a']);
    expect(back(draft, 'segment', 'three')?.segments).toEqual(RULES.segments);
  });

  it('may be an order of precedence, or the zone', () => {
    const turned = putSegmentFamily(RULES, { id: 'all', name: words('all'), order: ['two', 'one'] });
    const more = putSegmentFamily(turned, { id: 'more', name: words('more'), order: ['two', 'one'] });
    expect(isSound(more)).toBe(true);
    expect(back(more, 'segmentFamily', 'all')?.segmentFamilies).toEqual([
      RULES.segmentFamilies![0],
      more.segmentFamilies![1],
    ]);
    expect(back(more, 'segmentFamily', 'more')).toEqual(turned);
    expect(back(removeSegmentFamily(RULES, 'all'), 'segmentFamily', 'all')).toEqual(RULES);
    expect(back({ ...RULES, zone: 'Europe/Berlin' }, 'zone', 'Europe/Berlin')).toEqual(RULES);
    // Of its two segments one is gone: alone it needs no order.
    expect(back(removeSegment(RULES, 'one'), 'segmentFamily', 'all')).toBeUndefined();
  });

  it('brings back what was taken out, with its group as far as that is still there', () => {
    const draft = removeTag(RULES, 'high');
    const again = back(draft, 'tag', 'high')!;
    expect(levelsOf(again)).toEqual(['low', 'high']);
    expect([groupOf(again, 'low'), groupOf(again, 'high')]).toEqual(['level', 'level']);
    expect(isSound(again)).toBe(true);
  });

  it('is not offered for what is not alone', () => {
    expect(back(RULES, 'group', 'level')).toBeUndefined();
  });
});
