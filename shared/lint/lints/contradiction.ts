import { type Condition, type Fact, partsOf, type SameAs, sureOf, tagsOf } from '../../rules/index.ts';
import type { TagDefinition, TagGroup } from '../../tags/index.ts';
import type { Words } from '../../words.ts';
import type { Found, Lint } from '../define-lint.ts';
import { aGarden, aSegment, LEVELS, tells } from '../examples.ts';
import type { Garden, Place } from '../garden.ts';
import { reachedByHolders } from '../holders.ts';
import type { LintLimits } from '../limits.ts';
import { namesOf, wordIn } from '../names.ts';

/** Whatever level she has, and if she has none, it does not hold. */
function isImpossible(condition: Condition, { levels }: TagGroup, sameAs: SameAs): boolean {
  const atMostOne = [undefined, ...levels].map((held) => levels.map((key): Fact => [{ tag: key }, key === held]));
  return atMostOne.every((facts) => sureOf(facts, sameAs)(condition) === false);
}

const togetherWords = (names: readonly Words[], group: TagGroup): Words => ({
  zh: `${namesOf(names).zh}同属互斥组「${group.name.zh}」，同一个客户不会同时有`,
  en: `${namesOf(names).en} are levels of the group “${group.name.en}”: no customer has two of them`,
});

/** Conditions that ask for two levels of a group at once; of nested ones the innermost is told. */
function impossible({ conditions, ruleset, sameAs, names }: Garden): Found[] {
  return conditions.flatMap(({ condition, place }) =>
    ruleset.groups.flatMap((group) => {
      const faulty = partsOf(condition).find((part) => {
        const levels = new Set(tagsOf(part).filter((key) => group.levels.includes(key)));
        return levels.size > 1 && isImpossible(part, group, sameAs);
      });
      if (faulty === undefined) return [];
      const { zh, en } = togetherWords(
        [...new Set(tagsOf(faulty))].filter((key) => group.levels.includes(key)).map(names.tag),
        group,
      );
      return [
        {
          severity: 'error' as const,
          ...place,
          message: { zh: `${zh}；这样的条件永远不成立。`, en: `${en}, so such a condition never holds.` },
          next: {
            zh: '只留一个，或把「全部满足」改成「任一满足」。',
            en: 'Keep one of them, or turn “all of” into “any of”.',
          },
        },
      ];
    }),
  );
}

/** Nodes that put two levels of a group on a customer. */
function given({ journeys, ruleset, names }: Garden): Found[] {
  return journeys.flatMap(({ journey, graph }) =>
    graph.nodes.flatMap(({ node, kind, config }) =>
      ruleset.groups.flatMap((group) => {
        const keys = (kind.mentions?.(config).gives ?? []).filter((key) => group.levels.includes(key));
        if (keys.length < 2) return [];
        const { zh, en } = togetherWords(keys.map(names.tag), group);
        return [
          {
            severity: 'error' as const,
            journey: journey.id,
            node: node.id,
            field: 'config',
            message: { zh: `${zh}，却要一起打上。`, en: `${en}, yet both are put on her.` },
            next: { zh: '只打其中一个。', en: 'Put on one of them.' },
          },
        ];
      }),
    ),
  );
}

/** The tag of those who are new, with the levels that come after. */
function newcomers(
  { ruleset, tag }: Garden,
  names: readonly string[],
): { newcomer: TagDefinition; others: TagDefinition[] }[] {
  return ruleset.groups.flatMap(({ levels: [lowest, ...more] }) => {
    const newcomer = lowest === undefined ? undefined : tag(lowest);
    if (newcomer === undefined) return [];
    const { key, name } = newcomer;
    if (wordIn(`${key} ${name.zh} ${name.en}`, names) === undefined) return [];
    return [{ newcomer, others: more.flatMap((level) => tag(level) ?? []) }];
  });
}

/** Offers for the new that others come to. */
function misplaced(garden: Garden, limits: LintLimits): Found[] {
  const groups = newcomers(garden, limits.newcomer);
  return garden.journeys.flatMap(({ journey, graph }) => {
    const offers = graph.nodes.flatMap(({ node, kind, config }) => {
      const text = (kind.says?.(config) ?? []).join('\n');
      const word = wordIn(text, limits.newcomerWords);
      return word === undefined || wordIn(text, limits.offerWords) === undefined ? [] : [{ node, word }];
    });
    if (offers.length === 0) return [];
    const reached = groups.map(({ newcomer, others }) => {
      const left: readonly Fact[] = newcomer.when === undefined || newcomer.manual ? [] : [[newcomer.when, false]];
      const holders = others.map((tag) => ({
        name: tag.name,
        nodes: reachedByHolders(garden, { journey, graph }, tag, left),
      }));
      const holdersAt = (id: string) => holders.filter(({ nodes }) => nodes.has(id)).map(({ name }) => name);
      return { newcomer, holdersAt };
    });
    return offers.flatMap(({ node, word }) => {
      // Where there are several ways to be new, such as those of two packs, an offer is for the new of one of them.
      const wrong = reached.map(({ newcomer, holdersAt }) => ({ newcomer, others: holdersAt(node.id) }));
      const [first] = wrong;
      if (first === undefined || wrong.some(({ others }) => others.length === 0)) return [];
      const { newcomer, others } = first;
      const place: Place = { journey: journey.id, node: node.id, field: 'config' };
      return [
        {
          severity: 'error' as const,
          ...place,
          message: {
            zh: `这里的「${word}」优惠是给「${newcomer.name.zh}」的，${namesOf(others).zh}也可能走到。`,
            en: `The offer here (“${word}”) is for “${newcomer.name.en}”, but ${namesOf(others).en} may come to it, too.`,
          },
          next: {
            zh: `在「谁可以进来」里只收「${newcomer.name.zh}」，并在去掉「${newcomer.name.zh}」或首次下单时结束旅程。`,
            en: `Let in only who has “${newcomer.name.en}”, and end the journey when that tag goes or the first order comes.`,
          },
        },
      ];
    });
  });
}

const both = aSegment('new-and-vip', { all: [{ tag: '新客' }, { tag: 'VIP' }] });
const either = aSegment('new-or-vip', { any: [{ tag: '新客' }, { tag: 'VIP' }] });

/** L6 (S116, S21). */
export const contradiction: Lint = {
  id: 'L6',
  code: 'contradiction',
  title: { zh: '自相矛盾', en: 'A contradiction' },
  why: {
    zh: '同一个互斥组的两个标签不会同时成立：既要「新客」又要「VIP」的条件选不出人。新人优惠发给老客，是最常见的触达错位：凡是说到新人又给优惠的消息，老客走得到就是错误；旅程里等待过后，客户可能已经变了。',
    en: 'Two tags of an exclusive group never hold together: “new customer and VIP” finds nobody. An offer for the new that reaches old customers is the commonest misfire: an error where a message speaks of the new and gives something, and somebody of a later level may come to it; after a wait she may have become one.',
  },
  check: (garden, limits) => [...impossible(garden), ...given(garden), ...misplaced(garden, limits)],
  wrong: {
    said: { zh: '既是新客又是 VIP', en: 'New and VIP at once' },
    shown: { segment: both, groups: LEVELS.groups },
    input: aGarden({ ...LEVELS, segments: [both] }),
  },
  right: {
    said: { zh: '新客或 VIP；新人券只给新客', en: 'New or VIP; the welcome coupon for the new only' },
    shown: { segment: either, groups: LEVELS.groups },
    input: aGarden({ ...LEVELS, segments: [either], journeys: [tells('新客', '新人券 10 元')] }),
  },
};
