import { describe, expect, it } from 'vitest';
import { PACKS } from '../../../../shared/packs/index.ts';
import { diffRulesets, parseRuleset, type Ruleset, type TagDefinition } from '../../../../shared/tags/index.ts';
import { keyFor, NO_KEY, wantedRules } from './wanted-rules.ts';

const RULES = PACKS.map(({ rules }): Ruleset => ({ ...rules, version: 1 }));
const [shop] = RULES as [Ruleset];
const fresh = (key: string, name: string): TagDefinition => ({
  key,
  name: { zh: name, en: '' },
  category: 'value',
  when: { did: { event: 'A' } },
});

describe('the rules as the form of a tag has them', () => {
  it('are the same for every tag of the packs that is opened and kept unchanged', () => {
    for (const rules of RULES) {
      for (const tag of rules.tags) {
        const group = rules.groups.find(({ id }) => id === tag.group);
        expect([tag.key, diffRulesets(rules, wantedRules(rules, tag, group, false))]).toEqual([tag.key, []]);
      }
    }
  });

  it('have a new tag last, with its texts in both languages and its level under its own key', () => {
    const [group] = shop.groups as [Ruleset['groups'][number]];
    const levels = [NO_KEY, ...group.levels];
    const wanted = wantedRules(shop, fresh('neu', '新的'), { ...group, levels }, true);
    expect(wanted.tags.at(-1)).toEqual({ ...fresh('neu', '新的'), name: { zh: '新的', en: '新的' }, group: group.id });
    expect(wanted.groups.find(({ id }) => id === group.id)?.levels[0]).toBe('neu');
    expect(parseRuleset(wanted).ok).toBe(true);
  });

  it('leave the tag alone whose key a new one would take, so that the mistake is seen', () => {
    const wanted = wantedRules(shop, fresh('VIP', '另一个'), undefined, true);
    expect(wanted.tags.slice(0, -1)).toEqual(shop.tags);
    const parsed = parseRuleset(wanted);
    expect(parsed.ok ? [] : parsed.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'tag-twice', field: `tags.${shop.tags.length}.key` }),
    );
  });

  it('find a key for a name that is taken', () => {
    expect(keyFor(fresh(NO_KEY, '新的'), shop)).toBe('新的');
    expect(keyFor(fresh(NO_KEY, 'VIP'), shop)).toBe('VIP 2');
    expect(keyFor(fresh(NO_KEY, ''), shop)).toBe('');
  });
});
