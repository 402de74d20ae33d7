import { z } from 'zod';
import type { AdaptedMessage } from './adapters/adapter.ts';
import { given } from './adapters/reading.ts';

const text = z.string().default('');

/** A tag on the relation of a member and a customer: of the corp (1), of a rule group (3), or the member's own (2). */
const tagSchema = z.object({
  group_name: text,
  tag_name: text,
  tag_id: z.string().optional(),
  type: z.number().default(1),
});

const followSchema = z.object({
  userid: z.string(),
  remark: text,
  description: text,
  state: text,
  add_way: z.number().optional(),
  remark_mobiles: z.array(z.string()).default([]),
  tags: z.array(tagSchema).default([]),
});

/** The answer of `externalcontact/get` (developer.work.weixin.qq.com/document/path/92114). */
export const weComContactSchema = z.object({
  external_contact: z.object({
    external_userid: z.string(),
    name: text,
    gender: z.number().optional(),
    unionid: text,
    corp_name: text,
    position: text,
  }),
  follow_user: z.array(followSchema).default([]),
  next_cursor: text,
});

/** What one member has written about a customer. */
export type WeComFollow = z.infer<typeof followSchema>;

export interface WeComContact {
  readonly person: z.infer<typeof weComContactSchema>['external_contact'];
  readonly follows: readonly WeComFollow[];
}

/** What was known of one relation when it was looked at last; `rev` grows by one per look that found something new. */
export interface KnownFollow {
  readonly follow: WeComFollow;
  readonly rev: number;
}

/** The callback that made us look. */
export interface LookedAt {
  readonly corp: string;
  readonly member: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** She was added just now, so whatever tags she has are new. */
  readonly added: boolean;
}

/**
 * What a look at a contact tells: her traits as they are now (`wecom_tags`: the names of all tags that any member has
 * put on her), and each tag that this member's relation has gained or lost since the last look. The callback itself does
 * not say which. The first look at an old contact finds tags of unknown age: they are told quietly and start no journey.
 */
export function contactMessages(
  { corp, member, at, added }: LookedAt,
  { person, follows }: WeComContact,
  known: KnownFollow | undefined,
): AdaptedMessage[] {
  const external = person.external_userid;
  const follow = follows.find(({ userid }) => userid === member);
  const common = { anonymousId: `wecom:${external}`, context: { source: 'wecom', channel: 'wecom' } };
  const traits: AdaptedMessage = {
    ...common,
    type: 'identify',
    messageId: `wecom:${corp}:${at}:contact:${member}:${external}`.slice(0, 256),
    timestamp: at,
    traits: traitsOf(person, follows, follow),
  };
  if (follow === undefined) return [traits];
  const rev = known?.rev ?? 0;
  const before = known?.follow.tags ?? [];
  const changed = (op: 'added' | 'removed', tag: WeComFollow['tags'][number]): AdaptedMessage => ({
    ...common,
    ...(known === undefined && !added ? { context: { ...common.context, quiet: true } } : {}),
    type: 'track',
    event: op === 'added' ? 'WeCom Tag Added' : 'WeCom Tag Removed',
    // Told again after a crash, with another callback's time: known by the id, which the look before it gives.
    messageId: `wecom:${external}:${member}:${rev}:${op}:${keyOf(tag)}`.slice(0, 256),
    timestamp: at,
    originalTimestamp: at,
    properties: given({ tag: tag.tag_name, tag_id: tag.tag_id, tag_group: tag.group_name || undefined, member }),
  });
  const without = (list: WeComFollow['tags'], other: WeComFollow['tags']) =>
    list.filter((tag) => !other.some((one) => keyOf(one) === keyOf(tag)));
  return [
    traits,
    ...without(before, follow.tags).map((tag) => changed('removed', tag)),
    ...without(follow.tags, before).map((tag) => changed('added', tag)),
  ];
}

/** A member's own tags have no id. */
const keyOf = ({ tag_id, tag_name }: WeComFollow['tags'][number]): string => tag_id ?? `own:${tag_name}`;

function traitsOf(person: WeComContact['person'], follows: readonly WeComFollow[], follow: WeComFollow | undefined) {
  const tags = follows.flatMap((one) => one.tags.map(({ tag_name }) => tag_name));
  return given({
    name: follow?.remark || person.name || undefined,
    nickname: person.name || undefined,
    gender: { 1: 'male', 2: 'female' }[person.gender ?? 0],
    remark: follow?.remark || undefined,
    description: follow?.description || undefined,
    phone: follow?.remark_mobiles[0],
    company: person.corp_name || undefined,
    position: person.position || undefined,
    wecom_unionid: person.unionid || undefined,
    wecom_members: follows.map(({ userid }) => userid),
    wecom_tags: [...new Set(tags)].sort(),
  });
}
