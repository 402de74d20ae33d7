import type { Api } from '../target.ts';

interface TagOfApi {
  readonly key: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly manual?: boolean;
}

/** The rules in force, as far as an import asks: the zone of days, and which tags people may set. */
export interface KnownTags {
  readonly zone: string;
  /** By key or by name in either language. */
  readonly keyOf: (name: string) => string | undefined;
  /** Makes a tag that is set by hand, named as it is called. */
  readonly create: (name: string) => Promise<void>;
}

export async function knownTags(api: Api): Promise<KnownTags> {
  const { zone, tags } = await api.get<{ zone: string; tags: TagOfApi[] }>('/api/ruleset');
  const keys = new Map<string, string>();
  const learn = ({ key, name }: Pick<TagOfApi, 'key' | 'name'>) => {
    for (const word of [name.zh, name.en, key]) keys.set(word.toLowerCase(), key);
  };
  for (const tag of tags) if (tag.manual === true) learn(tag);
  return {
    zone,
    keyOf: (name) => keys.get(name.toLowerCase()),
    create: async (name) => {
      const tag = { key: name, name: { zh: name, en: name } };
      await api.put(`/api/tags/${encodeURIComponent(name)}`, { ...tag, category: 'basic', manual: true });
      learn(tag);
    },
  };
}
