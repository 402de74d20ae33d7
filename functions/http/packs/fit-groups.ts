import type { Ruleset, TagDefinition } from '../../../shared/tags/index.ts';

type Fitted = Pick<Ruleset, 'tags' | 'groups'>;

/**
 * Tags and groups as they fit together where people have made some of a pack's tags their own: of these groups only the
 * levels that are tags of theirs, no group with fewer than two, and tags whose group is gone stand for themselves.
 */
export function fitGroups({ tags, groups }: Fitted, isOfPack: (group: string) => boolean): Fitted {
  const groupOf = new Map(tags.map(({ key, group }) => [key, group]));
  const fitted = groups
    .map((group) =>
      isOfPack(group.id) ? { ...group, levels: group.levels.filter((key) => groupOf.get(key) === group.id) } : group,
    )
    .filter(({ id, levels }) => !isOfPack(id) || levels.length > 1);
  const left = new Set(fitted.map(({ id }) => id));
  return {
    groups: fitted,
    tags: tags.map((tag) =>
      tag.group !== undefined && isOfPack(tag.group) && !left.has(tag.group) ? alone(tag) : tag,
    ),
  };
}

function alone({ group: _, ...tag }: TagDefinition): TagDefinition {
  return tag;
}
