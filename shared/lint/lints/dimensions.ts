import { compileCondition, pathWords } from '../../rules/index.ts';
import type { TagDefinition } from '../../tags/index.ts';
import type { Words } from '../../words.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, aSegment, aTag } from '../examples.ts';
import type { Garden } from '../garden.ts';
import { namesOf } from '../names.ts';

/** Tags of one group are one dimension; so are `渠道-直播` and `渠道-门店`, and `沉默7天` and `沉默30天`. */
const dimensionOf = ({ key, group }: TagDefinition): string => group ?? stem(key);

const stem = (text: string): string => text.split(/[-:：/]/)[0]!.replace(/\d+(\.\d+)?/g, 'N');

const dimensionName = ({ name, group }: TagDefinition, { ruleset: { groups } }: Garden): Words => {
  const { zh, en } = groups.find(({ id }) => id === group)?.name ?? name;
  return group === undefined ? { zh: stem(zh), en: stem(en).trim() } : { zh, en };
};

const using = (count: number) => {
  const keys = ['等级', '客单价', '地区', '来源', '意向', '沉默', '职业', '设备', '年龄'].slice(0, count);
  return {
    shown: keys,
    input: aGarden({
      tags: keys.map((key) => aTag(key, { manual: true })),
      segments: [aSegment('everything', { any: keys.map((tag) => ({ tag })) })],
    }),
  };
};

/** L4 (S42). Counted is only what a journey or a segment uses; where nothing is used nothing is said. */
export const dimensions: Lint = {
  id: 'L4',
  code: 'dimensions',
  title: { zh: '维度数不在 5–8 之间', en: 'Not 5 to 8 dimensions' },
  why: {
    zh: '核心字段建议控制在 5–8 个：太少看不清人，太多没人记得住。只数旅程和人群真正用到的：互斥组算一个，名称只差数字或「-」之后部分的算一个，用到的客户属性也各算一个。',
    en: 'Five to eight core fields: fewer do not tell people apart, more nobody remembers. Counted is what journeys and segments use: an exclusive group is one, tags whose names differ in a number or after a “-” are one, and so is each trait.',
  },
  check: (garden, { dimensions: { least, most } }) => {
    const { used, tag, conditions } = garden;
    const traits = conditions
      .filter(({ place }) => place.tag === undefined)
      .flatMap(({ condition }) => compileCondition(condition).traits);
    const all = new Map<string, Words>();
    for (const key of used) {
      const it = tag(key)!;
      if (!all.has(dimensionOf(it))) all.set(dimensionOf(it), dimensionName(it, garden));
    }
    for (const path of traits) all.set(path, pathWords(path));
    const count = all.size;
    if (count === 0 || (count >= least && count <= most)) return [];
    const few = count < least;
    const names = namesOf([...all.values()]);
    return [
      {
        severity: 'warning' as const,
        message: {
          zh: `旅程和人群用到 ${count} 个维度，不在 ${least}–${most} 个之间：${names.zh}。`,
          en: `Journeys and segments use ${count} ${count === 1 ? 'dimension' : 'dimensions'}, not ${least} to ${most}: ${names.en}.`,
        },
        next: few
          ? {
              zh: '想想还缺哪一面：身份、行为、需求、价值、场景。',
              en: 'See which side is missing: who, behaviour, need, value, scene.',
            }
          : {
              zh: '把意思相近的合并，去掉不影响决定的。',
              en: 'Join those that mean much the same, drop what decides nothing.',
            },
      },
    ];
  },
  wrong: { said: { zh: '用到 9 个维度', en: '9 dimensions in use' }, ...using(9) },
  right: { said: { zh: '用到 6 个维度', en: '6 dimensions in use' }, ...using(6) },
};
