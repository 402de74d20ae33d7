import type { TagDefinition } from '../tags/index.ts';

type Named = Pick<TagDefinition, 'key' | 'name' | 'manual'>;

/** Finds the key of a tag that people may set, by its key or its name in either language. */
export function tagKeys(tags: readonly Named[]): (name: string) => string | undefined {
  const keys = new Map<string, string>();
  for (const { key, name, manual } of tags) {
    if (manual === true) for (const word of [name.zh, name.en, key]) keys.set(word.toLowerCase(), key);
  }
  return (name) => keys.get(name.toLowerCase());
}

/** A tag as it is made of a name that a file has and nobody has defined. */
export const tagNamed = (name: string) => ({
  key: name,
  name: { zh: name, en: name },
  category: 'basic',
  manual: true as const,
});
