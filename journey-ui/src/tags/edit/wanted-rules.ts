import { putTag, type Ruleset, type TagDefinition, type TagGroup } from '../../../../shared/tags/index.ts';
import { bothFilled, withTexts } from '../../rules/filled.ts';

/** Stands for the key of a tag that has none yet, also among the levels of its group. */
export const NO_KEY = ' ';

/** The rules with the tag as the form has it: a new one (`isNew`), or in the place of the one with its key. */
export function wantedRules(
  ruleset: Ruleset,
  tag: TagDefinition,
  group: TagGroup | undefined,
  isNew: boolean,
): Ruleset {
  const whole = withTexts(tag, ['name', 'purpose', 'description']);
  const levels = group?.levels.map((key) => (key === NO_KEY ? tag.key : key)) ?? [];
  const named = group && { ...group, levels, name: bothFilled(group.name) ?? group.name };
  // A key that is somebody else's must not put the new tag in that one's place.
  const taken = isNew && ruleset.tags.some(({ key }) => key === tag.key);
  return taken ? { ...ruleset, tags: [...ruleset.tags, whole] } : putTag(ruleset, whole, named);
}

/** A key from the name, counted on where it is taken. */
export function keyFor({ name }: TagDefinition, { tags }: Ruleset): string {
  const base = (name.zh.trim() || name.en.trim()).replaceAll(':', ' ').slice(0, 90);
  if (base === '') return '';
  const taken = new Set(tags.map(({ key }) => key));
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base} ${n}`;
    if (!taken.has(key)) return key;
  }
}
