import type { TagHeld } from '../../shared/profile/index.ts';
import { type Ruleset, ruleSentence, type TagDefinition, takesValues } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';

/** A customer's tags as the Console shows them: named, and with the rule that gave them in words. */
export function tagsHeld(tags: Readonly<Record<string, TagHeld>>, ruleset: Ruleset) {
  return Object.entries(tags).map(([key, held]) => {
    const definition = definitionOf(key, ruleset);
    const value = definition === undefined || definition.key === key ? undefined : key.slice(definition.key.length + 1);
    return {
      key,
      name: nameOf(key, value, definition),
      category: definition?.category ?? 'basic',
      ...held,
      why: whyOf(held, definition),
    };
  });
}

/** The definition of a tag; of `浏览:cream-01` that of `浏览`. */
export function definitionOf(key: string, { tags }: Ruleset): TagDefinition | undefined {
  return tags.find((tag) => tag.key === key) ?? tags.find((tag) => takesValues(tag) && key.startsWith(`${tag.key}:`));
}

function nameOf(key: string, value: string | undefined, definition: TagDefinition | undefined): Words {
  if (definition === undefined) return { zh: key, en: key };
  const { zh, en } = definition.name;
  return value === undefined ? { zh, en } : { zh: `${zh}：${value}`, en: `${en}: ${value}` };
}

function whyOf(held: TagHeld, definition: TagDefinition | undefined): Words {
  if (held.manual === true) return { zh: '由人工或旅程打上', en: 'Given by hand or by a journey' };
  if (definition === undefined) return { zh: '规则已不存在', en: 'The rule is no longer there' };
  return ruleSentence(definition);
}
