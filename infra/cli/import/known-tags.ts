import { tagKeys, tagNamed } from '../../../shared/imports/index.ts';
import type { TagDefinition } from '../../../shared/tags/index.ts';
import type { Api } from '../target.ts';

/** The rules in force, as far as an import asks: the zone of days, and which tags people may set. */
export interface KnownTags {
  readonly zone: string;
  /** By key or by name in either language. */
  readonly keyOf: (name: string) => string | undefined;
  /** Makes a tag that is set by hand, named as it is called. */
  readonly create: (name: string) => Promise<void>;
}

export async function knownTags(api: Api): Promise<KnownTags> {
  const { zone, tags } = await api.get<{ zone: string; tags: TagDefinition[] }>('/api/ruleset');
  const known: Pick<TagDefinition, 'key' | 'name' | 'manual'>[] = [...tags];
  let keyOf = tagKeys(known);
  return {
    zone,
    keyOf: (name) => keyOf(name),
    create: async (name) => {
      const tag = tagNamed(name);
      await api.put(`/api/tags/${encodeURIComponent(name)}`, tag);
      known.push(tag);
      keyOf = tagKeys(known);
    },
  };
}
