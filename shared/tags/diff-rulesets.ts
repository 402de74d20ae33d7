import { asItIs, type ChangedLine, changedFields } from '../changes.ts';
import { durationWords } from '../duration.ts';
import { type Names, sentence, valuesWords } from '../rules/index.ts';
import type { Words } from '../words.ts';
import { type Cap, type Caps, DEFAULT_CAPS } from './caps.ts';
import { namesIn } from './names.ts';
import { familyWords, inferenceWords, ruleSentence } from './rule-sentence.ts';
import {
  CATEGORIES,
  type Ruleset,
  type SegmentDefinition,
  type SegmentFamily,
  type TagDefinition,
  type TagGroup,
} from './ruleset.ts';

export interface RulesetChange {
  readonly what: 'tag' | 'group' | 'segment' | 'segmentFamily' | 'caps' | 'zone';
  readonly op: 'added' | 'removed' | 'changed';
  /** The tag's key, the group's id; of the zone its name, of the caps `caps`. */
  readonly key: string;
  readonly name: Words;
  /** Of what changed, which members. */
  readonly fields: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly said: Words;
  /** Of what changed: each member as it was and as it is, as people say it. */
  readonly lines: readonly ChangedLine[];
}

/** What differs from one ruleset to another, in the order of the second; version numbers do not count. */
export function diffRulesets(before: Ruleset, after: Ruleset): readonly RulesetChange[] {
  const zone: RulesetChange[] =
    before.zone === after.zone
      ? []
      : [
          {
            what: 'zone',
            op: 'changed',
            key: after.zone,
            name: { zh: '时区', en: 'Zone' },
            fields: ['zone'],
            before: before.zone,
            after: after.zone,
            said: {
              zh: `日历日改按 ${after.zone} 计算，原来是 ${before.zone}。`,
              en: `Calendar days go by ${after.zone} instead of ${before.zone}.`,
            },
            lines: [],
          },
        ];
  const said: Said = { was: namesIn(before), is: namesIn(after) };
  return [
    ...zone,
    ...capsChange(before.caps ?? DEFAULT_CAPS, after.caps ?? DEFAULT_CAPS),
    ...listed('tag', before.tags, after.tags, ({ key }) => key, sayTag, said),
    ...listed('group', before.groups, after.groups, ({ id }) => id, sayGroup, said),
    ...listed('segment', before.segments ?? [], after.segments ?? [], ({ id }) => id, saySegment, said),
    ...listed(
      'segmentFamily',
      before.segmentFamilies ?? [],
      after.segmentFamilies ?? [],
      ({ id }) => id,
      saySegmentFamily,
      said,
    ),
  ];
}

function capsChange(before: Caps, after: Caps): RulesetChange[] {
  const fields = changedFields(before, after);
  if (fields.length === 0) return [];
  const [was, is] = [capsSaid(before), capsSaid(after)];
  return [
    {
      what: 'caps',
      op: 'changed',
      key: 'caps',
      name: { zh: '频控', en: 'Caps' },
      fields,
      before,
      after,
      said: { zh: `频控改为：${is.zh}（原来：${was.zh}）`, en: `Caps now: ${is.en} (were: ${was.en})` },
      lines: [{ label: { zh: '频控', en: 'caps' }, was, is }],
    },
  ];
}

function listed<T extends { readonly name: Words }>(
  what: RulesetChange['what'],
  before: readonly T[],
  after: readonly T[],
  keyOf: (thing: T) => string,
  say: (thing: T, was: T | undefined, names: Said) => Words,
  names: Said,
): RulesetChange[] {
  const was = new Map(before.map((thing) => [keyOf(thing), thing]));
  const is = new Set(after.map(keyOf));
  const come = after.flatMap((thing): RulesetChange[] => {
    const earlier = was.get(keyOf(thing));
    const fields = earlier === undefined ? [] : changedFields(earlier, thing);
    if (earlier !== undefined && fields.length === 0) return [];
    const op = earlier === undefined ? 'added' : 'changed';
    const more = earlier === undefined ? {} : { before: earlier };
    return [
      {
        what,
        op,
        key: keyOf(thing),
        name: thing.name,
        fields,
        ...more,
        after: thing,
        said: say(thing, earlier, names),
        lines: earlier === undefined ? [] : fields.map((field) => lineOf(field, earlier, thing, names)),
      },
    ];
  });
  const gone = before.flatMap((thing): RulesetChange[] =>
    is.has(keyOf(thing))
      ? []
      : [
          {
            what,
            op: 'removed',
            key: keyOf(thing),
            name: thing.name,
            fields: [],
            before: thing,
            said: {
              zh: `不再有「${thing.name.zh}」。`,
              en: `“${thing.name.en}” is no more.`,
            },
            lines: [],
          },
        ],
  );
  return [...come, ...gone];
}

function sayRule<T extends { readonly name: Words }>(what: Words, ruleOf: (thing: T, names: Names) => Words) {
  return (thing: T, was: T | undefined, names: Said): Words => {
    const rule = ruleOf(thing, names.is);
    if (was === undefined) return { zh: `新${what.zh}：${rule.zh}`, en: `New ${what.en}: ${rule.en}` };
    const earlier = ruleOf(was, names.was);
    if (earlier.zh === rule.zh) return changedSaid(changedFields(was, thing));
    return { zh: `改为：${rule.zh}（原来：${earlier.zh}）`, en: `Now: ${rule.en} (was: ${earlier.en})` };
  };
}

/** What tags and segments were called before, and are called now. */
interface Said {
  readonly was: Names;
  readonly is: Names;
}

const inOrder = (keys: readonly string[], sign: string, name: (key: string) => Words): Words => ({
  zh: keys.map((key) => name(key).zh).join(sign),
  en: keys.map((key) => name(key).en).join(sign),
});

const sayTag = sayRule<TagDefinition>({ zh: '标签', en: 'tag' }, ruleSentence);
const saySegment = sayRule<SegmentDefinition>({ zh: '人群', en: 'segment' }, ({ when }, names) =>
  sentence(when, names),
);
const sayGroup = sayRule<TagGroup>({ zh: '互斥组', en: 'exclusive group' }, ({ levels }, names) =>
  inOrder(levels, ' < ', names.tag),
);
const saySegmentFamily = sayRule<SegmentFamily>(
  { zh: '人群优先级', en: 'precedence of segments' },
  ({ order }, names) => inOrder(order, ' > ', names.segment),
);

const capWords = ({ most, least, within }: Cap): Words => ({
  zh: `${durationWords(within).zh}内${least === undefined ? '' : `至少 ${least} 条、`}最多 ${most} 条`,
  en: `${least === undefined ? '' : `at least ${least} and `}at most ${most} in ${durationWords(within).en}`,
});

function capsSaid({ perDay, lifecycle }: Caps): Words {
  const day =
    perDay === undefined
      ? { zh: '每天不限', en: 'no limit a day' }
      : { zh: `每天最多 ${perDay} 条`, en: `at most ${perDay} a day` };
  const others = lifecycle.map(({ name, ...cap }) => ({
    zh: `${name.zh} ${capWords(cap).zh}`,
    en: `${name.en} ${capWords(cap).en}`,
  }));
  const all = [day, ...others];
  return { zh: all.map(({ zh }) => zh).join('，'), en: all.map(({ en }) => en).join(', ') };
}

interface Member {
  readonly label: Words;
  // biome-ignore lint/suspicious/noExplicitAny: each says its own value
  readonly say: (value: any, names: Names) => Words;
}

const yes = (): Words => ({ zh: '是', en: 'yes' });
const words = (value: Words): Words => value;

const MEMBERS: Readonly<Record<string, Member>> = {
  name: { label: { zh: '名称', en: 'name' }, say: words },
  category: {
    label: { zh: '分类', en: 'category' },
    say: (category: string) => CATEGORIES[category] ?? asItIs(category),
  },
  purpose: { label: { zh: '用途', en: 'purpose' }, say: words },
  description: { label: { zh: '说明', en: 'description' }, say: words },
  when: { label: { zh: '规则', en: 'rule' }, say: sentence },
  sticky: { label: { zh: '一旦成立永远保留', en: 'once true, for ever' }, say: yes },
  manual: { label: { zh: '可手动打标', en: 'set by hand' }, say: yes },
  ttl: { label: { zh: '有效期', en: 'time to live' }, say: durationWords },
  group: { label: { zh: '互斥组', en: 'exclusive group' }, say: asItIs },
  family: { label: { zh: '标签族', en: 'family' }, say: familyWords },
  goal: { label: { zh: '目标', en: 'goal' }, say: words },
  cap: { label: { zh: '频控', en: 'cap' }, say: capWords },
  channels: { label: { zh: '触达渠道', en: 'channels' }, say: valuesWords },
  infer: { label: { zh: '推导表', en: 'table of inferences' }, say: inferenceWords },
  excludes: { label: { zh: '排斥点', en: 'what she is not told of' }, say: valuesWords },
  levels: {
    label: { zh: '等级（从低到高）', en: 'levels, low to high' },
    say: (keys, names) => inOrder(keys, ' < ', names.tag),
  },
  order: {
    label: { zh: '次序（先到后）', en: 'order, first to last' },
    say: (ids, names) => inOrder(ids, ' > ', names.segment),
  },
};

const labelOf = (field: string): Words => MEMBERS[field]?.label ?? asItIs(field);

function lineOf(field: string, before: object, after: object, names: Said): ChangedLine {
  const [was, is] = [before, after].map((thing) => (thing as Record<string, unknown>)[field]);
  const say = MEMBERS[field]?.say ?? asItIs;
  return {
    label: labelOf(field),
    ...(was !== undefined && { was: say(was, names.was) }),
    ...(is !== undefined && { is: say(is, names.is) }),
  };
}

function changedSaid(fields: readonly string[]): Words {
  const names = fields.map(labelOf);
  return {
    zh: `改了：${names.map(({ zh }) => zh).join('、')}`,
    en: `Changed: ${names.map(({ en }) => en).join(', ')}`,
  };
}
