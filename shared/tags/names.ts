import type { Names } from '../rules/index.ts';
import type { Words } from '../words.ts';
import { takesValues } from './dependencies.ts';
import type { Ruleset, TagDefinition } from './ruleset.ts';

type Named = Pick<Ruleset, 'tags' | 'segments'>;

/** The definition of a tag; of `浏览:cream-01` that of `浏览`. Undefined for a key that the ruleset does not know. */
export function definitionOf(key: string, { tags }: Pick<Ruleset, 'tags'>): TagDefinition | undefined {
  return tags.find((tag) => tag.key === key) ?? tags.find((tag) => takesValues(tag) && key.startsWith(`${tag.key}:`));
}

/** What people call a tag: a value of a family by the family's name and the value; its key where nobody named it. */
export function tagName(key: string, ruleset: Pick<Ruleset, 'tags'>): Words {
  const definition = definitionOf(key, ruleset);
  if (definition === undefined) return { zh: key, en: key };
  const { zh, en } = definition.name;
  if (definition.key === key) return { zh, en };
  const value = key.slice(definition.key.length + 1);
  return { zh: `${zh}：${value}`, en: `${en}: ${value}` };
}

/** The names by which sentences about this ruleset speak of its tags and segments. */
export const namesIn = (ruleset: Named): Names => ({
  tag: (key) => tagName(key, ruleset),
  segment: (id) => ruleset.segments?.find((segment) => segment.id === id)?.name ?? { zh: id, en: id },
});
