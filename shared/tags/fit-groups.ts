import type { Ruleset, TagDefinition } from './ruleset.ts';

type Fitted = Pick<Ruleset, 'tags' | 'groups'>;

/**
 * Tags and groups as they fit together after some of the tags have gone or changed: of the meant groups only the
 * levels that are tags of theirs, no group with fewer than two, and tags whose group is gone stand for themselves.
 */
export function fitGroups({ tags, groups }: Fitted, isMeant: (group: string) => boolean): Fitted {
  const groupOf = new Map(tags.map(({ key, group }) => [key, group]));
  const fitted = groups
    .map((group) =>
      isMeant(group.id) ? { ...group, levels: group.levels.filter((key) => groupOf.get(key) === group.id) } : group,
    )
    .filter(({ id, levels }) => !isMeant(id) || levels.length > 1);
  const left = new Set(fitted.map(({ id }) => id));
  return {
    groups: fitted,
    tags: tags.map((tag) => (tag.group !== undefined && isMeant(tag.group) && !left.has(tag.group) ? alone(tag) : tag)),
  };
}

function alone({ group: _, ...tag }: TagDefinition): TagDefinition {
  return tag;
}
