import { z } from 'zod';
import type { CorpName } from '../../../shared/events/index.ts';
import { type WeComClient, WeComRefused } from './client.ts';

/** `get_corp_tag_list` and `add_corp_tag` (developer.work.weixin.qq.com/document/path/92117). */
const groupSchema = z.object({
  group_id: z.string(),
  group_name: z.string(),
  deleted: z.boolean().default(false),
  tag: z.array(z.object({ id: z.string(), name: z.string(), deleted: z.boolean().default(false) })).default([]),
});
const listSchema = z.object({ tag_group: z.array(groupSchema).default([]) });
const addedSchema = z.object({ tag_group: groupSchema });

export interface CorpTags {
  /** The id of the corp tag of this name; made, with its group, where there is none and `make` says so. */
  idOf(name: CorpName, make: boolean): Promise<string | undefined>;
}

/** The corp's tags as they are now; read once, and again when somebody else has made one meanwhile. */
export function corpTags(client: WeComClient): CorpTags {
  let groups: Promise<z.infer<typeof groupSchema>[]> | undefined;
  const list = () => {
    groups ??= client
      .post('externalcontact/get_corp_tag_list', {})
      .then((answer) => listSchema.parse(answer).tag_group.filter(({ deleted }) => !deleted));
    return groups;
  };
  const found = async ({ group, name }: CorpName): Promise<string | undefined> =>
    (await list())
      .filter(({ group_name }) => group_name === group)
      .flatMap(({ tag }) => tag)
      .find((one) => one.name === name && !one.deleted)?.id;
  return {
    async idOf(wanted, make) {
      const id = await found(wanted);
      if (id !== undefined || !make) return id;
      const { group, name } = wanted;
      groups = undefined;
      try {
        const made = addedSchema.parse(
          await client.post('externalcontact/add_corp_tag', { group_name: group, tag: [{ name }] }),
        );
        return made.tag_group.tag.find((one) => one.name === name)?.id;
      } catch (error) {
        // Made by another process at this moment, or by a call of ours whose answer was lost.
        if (error instanceof WeComRefused && error.nameTaken) return found(wanted);
        throw error;
      }
    },
  };
}
