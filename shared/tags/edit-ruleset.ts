/**
 * Edits of a ruleset as people make them, one tag or segment at a time: pure, and what hangs together is kept together
 * (a tag and the levels of its group, a segment and the order of its family). Whether the result is sound is for
 * parseRuleset() to say.
 */
import { fitGroups } from './fit-groups.ts';
import type { Ruleset, SegmentDefinition, SegmentFamily, TagDefinition, TagGroup } from './ruleset.ts';

/**
 * The ruleset with this tag, in its place if there is one of this key, else as the last. `group` is its exclusive group
 * with all levels, low to high: the tags named there become its levels, and those no longer named stand for themselves.
 */
export function putTag(ruleset: Ruleset, tag: TagDefinition, group?: TagGroup): Ruleset {
  const mine = withGroup(tag, group?.id);
  const at = ruleset.tags.findIndex(({ key }) => key === tag.key);
  const tags = at < 0 ? [...ruleset.tags, mine] : ruleset.tags.with(at, mine);
  if (group === undefined) return { ...ruleset, ...fitGroups({ tags, groups: ruleset.groups }, () => true) };
  const place = ruleset.groups.findIndex(({ id }) => id === group.id);
  return {
    ...ruleset,
    ...fitGroups(
      {
        tags: tags.map((one) =>
          group.levels.includes(one.key)
            ? withGroup(one, group.id)
            : one.group === group.id
              ? withGroup(one, undefined)
              : one,
        ),
        groups: place < 0 ? [...ruleset.groups, group] : ruleset.groups.with(place, group),
      },
      // A group of which only this tag is known so far is a mistake to be shown, not one to be tidied away.
      (id) => id !== group.id,
    ),
  };
}

/** Without this tag; a group that loses its second level is no group any more. */
export const removeTag = (ruleset: Ruleset, key: string): Ruleset => ({
  ...ruleset,
  ...fitGroups({ tags: ruleset.tags.filter((tag) => tag.key !== key), groups: ruleset.groups }, () => true),
});

export function putSegment(ruleset: Ruleset, segment: SegmentDefinition): Ruleset {
  const all = ruleset.segments ?? [];
  const at = all.findIndex(({ id }) => id === segment.id);
  return { ...ruleset, segments: at < 0 ? [...all, segment] : all.with(at, segment) };
}

/** Without this segment; one segment alone needs no order of precedence. */
export const removeSegment = (ruleset: Ruleset, id: string): Ruleset => ({
  ...ruleset,
  segments: (ruleset.segments ?? []).filter((segment) => segment.id !== id),
  segmentFamilies: (ruleset.segmentFamilies ?? [])
    .map((family) => ({ ...family, order: family.order.filter((one) => one !== id) }))
    .filter(({ order }) => order.length > 1),
});

/** With this order of precedence, in its place if there is one of this id, else as the last. */
export function putSegmentFamily(ruleset: Ruleset, family: SegmentFamily): Ruleset {
  const all = ruleset.segmentFamilies ?? [];
  const at = all.findIndex(({ id }) => id === family.id);
  return { ...ruleset, segmentFamilies: at < 0 ? [...all, family] : all.with(at, family) };
}

/** Without this order of precedence; its segments stay. */
export const removeSegmentFamily = (ruleset: Ruleset, id: string): Ruleset => ({
  ...ruleset,
  segmentFamilies: (ruleset.segmentFamilies ?? []).filter((family) => family.id !== id),
});

function withGroup({ group: _, ...tag }: TagDefinition, group: string | undefined): TagDefinition {
  return group === undefined ? tag : { ...tag, group };
}

/** What can be taken back by itself: a tag, a segment, an order of precedence, or the zone. */
type Reverted = { readonly what: string; readonly key: string };

/** A draft in which one of these is again as in `base` (or is not there again); undefined where that is not alone. */
export function withReverted(draft: Ruleset, base: Ruleset, { what, key }: Reverted): Ruleset | undefined {
  if (what === 'tag') {
    const was = base.tags.find((tag) => tag.key === key);
    if (was === undefined) return removeTag(draft, key);
    const group = base.groups.find(({ id }) => id === was.group);
    const there = new Set([key, ...draft.tags.map((tag) => tag.key)]);
    return putTag(draft, was, group && { ...group, levels: group.levels.filter((level) => there.has(level)) });
  }
  if (what === 'segment') {
    const was = base.segments?.find(({ id }) => id === key);
    return was === undefined ? removeSegment(draft, key) : putSegment(draft, was);
  }
  if (what === 'segmentFamily') {
    const was = base.segmentFamilies?.find(({ id }) => id === key);
    if (was === undefined) return removeSegmentFamily(draft, key);
    const there = new Set(draft.segments?.map(({ id }) => id));
    const order = was.order.filter((id) => there.has(id));
    return order.length > 1 ? putSegmentFamily(draft, { ...was, order }) : undefined;
  }
  if (what === 'zone') return { ...draft, zone: base.zone };
  return undefined;
}
