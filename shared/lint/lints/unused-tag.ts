import { tagsOf } from '../../rules/index.ts';
import type { TagDefinition } from '../../tags/index.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, aSegment, aTag } from '../examples.ts';
import type { Garden } from '../garden.ts';
import { namesOf } from '../names.ts';

/**
 * What journeys and segments use, and what the rules of those look at. One level of a group in use means that the group
 * is: the others say what it is not.
 */
function usedWithAll({ ruleset, used, tag }: Garden): ReadonlySet<string> {
  const all = new Set<string>();
  const open = [...used];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const it = tag(key);
    if (it === undefined || all.has(it.key)) continue;
    all.add(it.key);
    open.push(...(it.when === undefined ? [] : tagsOf(it.when)));
    open.push(...(ruleset.groups.find(({ id }) => id === it.group)?.levels ?? []));
  }
  return all;
}

const colour = (more: Partial<TagDefinition>): TagDefinition =>
  aTag('红色', { when: { trait: { path: 'colour', op: 'eq', value: 'red' } }, ...more });

/** L2 (S4, S115). */
export const unusedTag: Lint = {
  id: 'L2',
  code: 'unused-tag',
  title: { zh: '标签没有用处', en: 'A tag without a use' },
  why: {
    zh: '每个标签都要对应一个触达场景。没有旅程、人群、其他标签或文案用到，又没写用途的，逐个指出；只写了用途、还没有用上的，合在一起提醒。互斥组里用到一级，就算整组都用到。',
    en: 'Every tag needs a scene in which somebody is spoken to because of it. Those that no journey, segment, other tag or message uses, and that state no purpose, are named one by one; those with a purpose that nothing serves yet are told together. One level of a group in use counts for the whole group.',
  },
  check: (garden) => {
    const used = usedWithAll(garden);
    const unused = garden.ruleset.tags.filter(({ key, excludes }) => !used.has(key) && excludes === undefined);
    const [waiting, idle] = [unused.filter(({ purpose }) => purpose), unused.filter(({ purpose }) => !purpose)];
    const names = namesOf(waiting.map(({ name }) => name));
    const one = waiting.length === 1;
    return [
      ...idle.map((tag) => ({
        severity: 'warning' as const,
        ...garden.placeOf(tag, 'purpose'),
        message: {
          zh: `标签「${tag.name.zh}」没有旅程、人群或文案用到，也没写用途。`,
          en: `No journey, segment or message uses the tag “${tag.name.en}”, and it states no purpose.`,
        },
        next: {
          zh: '让一个旅程、人群或文案用上它；暂时不用就写明用途，用不上就删去。',
          en: 'Use it in a journey, a segment or a text; if that is for later, state the purpose, else remove it.',
        },
      })),
      ...(waiting.length === 0
        ? []
        : [
            {
              severity: 'warning' as const,
              field: 'tags',
              message: {
                zh: `${waiting.length} 个标签写了用途，但还没有旅程、人群或文案用到：${names.zh}。`,
                en: `${waiting.length} ${one ? 'tag has a purpose that nothing serves' : 'tags have purposes that nothing serves'} yet: ${names.en}.`,
              },
              next: {
                zh: '按用途画出旅程、建好人群；过了一段时间还用不上的，删去。',
                en: 'Draw the journeys and build the segments they are meant for; remove what is still unused after a while.',
              },
            },
          ]),
    ];
  },
  wrong: {
    said: { zh: '「红色」谁也没用，也说不出用来做什么', en: 'Nobody uses the tag, and nobody says what for' },
    shown: colour({}),
    input: aGarden({ tags: [colour({})] }),
  },
  right: {
    said: { zh: '有一个人群用到「红色」', en: 'A segment uses it' },
    shown: aSegment('red-lovers', { tag: '红色' }),
    input: aGarden({ tags: [colour({})], segments: [aSegment('red-lovers', { tag: '红色' })] }),
  },
};
