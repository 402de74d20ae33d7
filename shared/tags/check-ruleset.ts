import { compileCondition, segmentOf, wantedBy } from '../rules/index.ts';
import { ownerOf, planUnits, sortUnits } from './dependencies.ts';
import { inferredValues } from './inference.ts';
import type { Inference, Ruleset, TagDefinition } from './ruleset.ts';
import { definitionsOf } from './segments.ts';

export interface RulesetMistake {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly params: Readonly<Record<string, string>>;
}

/**
 * What the shape of a ruleset does not show: keys twice, groups and tags that do not know each other, tags without rule,
 * conditions about unknown tags, tags that depend on themselves. The words are in ruleset-words.ts.
 */
export function checkRuleset(ruleset: Ruleset): readonly RulesetMistake[] {
  const tags = new Map(definitionsOf(ruleset).map((tag) => [tag.key, tag]));
  const mistakes = [
    ...twice(
      ruleset.tags.map((tag) => tag.key),
      'tag-twice',
      (i) => ['tags', i, 'key'],
    ),
    ...twice(
      ruleset.groups.map((group) => group.id),
      'group-twice',
      (i) => ['groups', i, 'id'],
    ),
    ...ruleset.groups.flatMap((group, i) => [
      ...twice(group.levels, 'group-level-twice', (level) => ['groups', i, 'levels', level]),
      ...group.levels.flatMap((key, level) =>
        tags.get(key)?.group === group.id
          ? []
          : [{ code: 'group-level-unknown', path: ['groups', i, 'levels', level], params: { key, group: group.id } }],
      ),
    ]),
    ...ruleset.tags.flatMap((tag, i) => checkTag(tag, i, ruleset, tags)),
    ...checkSegments(ruleset, tags),
  ];
  if (mistakes.length > 0) return mistakes;
  const sorted = sortUnits(planUnits(ruleset));
  if (sorted.ok) return [];
  const first = ruleset.tags.findIndex((tag) => sorted.cycle[0] === tag.key || sorted.cycle[0] === `@${tag.group}`);
  return [
    {
      code: 'tag-cycle',
      path: first < 0 ? ['segments'] : ['tags', first, 'when'],
      params: { cycle: [...sorted.cycle, sorted.cycle[0]].join(' → ') },
    },
  ];
}

function checkTag(
  tag: TagDefinition,
  index: number,
  ruleset: Ruleset,
  tags: ReadonlyMap<string, TagDefinition>,
): RulesetMistake[] {
  const mistake = (code: string, field: string, params: Record<string, string> = {}): RulesetMistake => ({
    code,
    path: ['tags', index, field],
    params: { key: tag.key, ...params },
  });
  const group = ruleset.groups.find(({ id }) => id === tag.group);
  const looked = tag.when === undefined ? [] : compileCondition(tag.when).tags;
  return [
    ...(segmentOf(tag.key) === undefined ? [] : [mistake('tag-key-reserved', 'key')]),
    ...(tag.when === undefined && tag.manual === undefined && tag.infer === undefined
      ? [mistake('tag-no-rule', 'when')]
      : []),
    ...(tag.infer === undefined ? [] : checkInference(tag, tag.infer, tags, mistake)),
    ...(tag.group !== undefined && group === undefined
      ? [mistake('tag-group-unknown', 'group', { group: tag.group })]
      : []),
    ...(group !== undefined && !group.levels.includes(tag.key)
      ? [mistake('tag-not-in-levels', 'group', { group: group.id })]
      : []),
    ...(tag.family !== undefined && tag.group !== undefined ? [mistake('tag-family-in-group', 'family')] : []),
    ...(tag.family !== undefined && tag.when !== undefined && wantedBy(tag.when).length > 0
      ? [mistake('tag-family-compared', 'family')]
      : []),
    ...(tag.family !== undefined && tag.when === undefined ? [mistake('tag-no-rule', 'when')] : []),
    ...unknownIn(looked, tags).map(({ code, looked }) => mistake(code, 'when', { looked })),
  ];
}

const ALONE = ['when', 'family', 'group', 'manual'] as const;

function checkInference(
  tag: TagDefinition,
  infer: Inference,
  tags: ReadonlyMap<string, TagDefinition>,
  mistake: (code: string, field: string, params?: Record<string, string>) => RulesetMistake,
): RulesetMistake[] {
  return [
    ...ALONE.filter((member) => tag[member] !== undefined).map((member) =>
      mistake('tag-infer-alone', member, { member }),
    ),
    ...(infer.again
      ? []
      : infer.table.flatMap(({ from, to }) =>
          from.filter((value) => to.includes(value)).map((value) => mistake('tag-infer-itself', 'infer', { value })),
        )),
    ...inferredValues(infer)
      .map((value) => `${tag.key}:${value}`)
      .filter((key) => tags.has(key))
      .map((key) => mistake('tag-twice', 'infer', { key })),
  ];
}

/** A condition may mean a tag, a value of a family, all values, or one to which a table leads. */
function isKnown(key: string, tags: ReadonlyMap<string, TagDefinition>): boolean {
  const owner = ownerOf(key, tags);
  if (owner?.infer === undefined || owner.key === key) return owner !== undefined;
  return inferredValues(owner.infer).includes(key.slice(owner.key.length + 1));
}

function checkSegments(
  { segments = [], segmentFamilies = [] }: Ruleset,
  tags: ReadonlyMap<string, TagDefinition>,
): RulesetMistake[] {
  const known = new Set(segments.map(({ id }) => id));
  return [
    ...twice(
      segments.map(({ id }) => id),
      'segment-twice',
      (i) => ['segments', i, 'id'],
    ),
    ...segments.flatMap(({ id, when }, i) =>
      unknownIn(compileCondition(when).tags, tags).map(({ code, looked }) => ({
        code: `segment-looks-at-${code}`,
        path: ['segments', i, 'when'],
        params: { key: id, looked },
      })),
    ),
    ...segmentFamilies.flatMap(({ id, order }, i) => [
      ...twice(order, 'segment-twice', (place) => ['segmentFamilies', i, 'order', place]),
      ...order.flatMap((key, place) =>
        known.has(key)
          ? []
          : [
              {
                code: 'segment-family-unknown',
                path: ['segmentFamilies', i, 'order', place],
                params: { key, family: id },
              },
            ],
      ),
    ]),
  ];
}

/** What a condition looks at and is not there. */
const unknownIn = (looked: readonly string[], tags: ReadonlyMap<string, TagDefinition>) =>
  looked
    .filter((key) => !isKnown(key, tags))
    .map((key) => {
      const segment = segmentOf(key);
      return segment === undefined
        ? { code: 'tag-unknown', looked: key }
        : { code: 'segment-unknown', looked: segment };
    });

function twice(keys: readonly string[], code: string, path: (index: number) => (string | number)[]): RulesetMistake[] {
  return keys.flatMap((key, i) => (keys.indexOf(key) < i ? [{ code, path: path(i), params: { key } }] : []));
}
