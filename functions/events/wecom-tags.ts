import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import {
  corpNameOf,
  FROM_WECOM,
  isOutward,
  marksFor,
  type Outward,
  type WeComFollow,
} from '../../shared/events/index.ts';
import { tagName } from '../../shared/tags/index.ts';
import { failedItem, pipeline } from '../pipeline.ts';
import { type Loaded, loadStates } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import {
  type CorpTags,
  corpTags,
  fetchContact,
  keepFollow,
  knownFollow,
  readOutward,
  type WeComClient,
  WeComRefused,
  weComClientFor,
  weComSettings,
} from '../ports/wecom/index.ts';
import { readable } from './readable.ts';

const changeSchema = z.object({
  customer: z.string().min(1),
  tag: z.string().min(1),
  cause: z.object({ eventName: z.string().optional() }).optional(),
});
type Change = z.infer<typeof changeSchema>;

/**
 * Our tags to WeCom (S31). A change is only a reason to look: what she has now and what WeCom has now are compared, and
 * what differs is marked. So told twice, late or in another order, it comes out the same, and what is there already makes
 * no call. What came from WeCom does not go back; what we mark is noted as seen, so that the next look at her does not
 * take it for news. While WeCom wants no calls, the messages stay in the queue and come again.
 */
export const handler = pipeline(async (batch: SQSEvent): Promise<SQSBatchResponse> => {
  const [settings, { outward }] = await Promise.all([weComSettings(), readOutward()]);
  if (settings?.secret === undefined || outward.length === 0) return { batchItemFailures: [] };
  const client = weComClientFor({ ...settings, secret: settings.secret });
  const tags = corpTags(client);
  const asked = readable(batch.Records, changeSchema)
    .map(({ id, detail }) => ({ id, change: detail }))
    .filter(({ change }) => goesOut(change, outward));
  const failures: SQSBatchResponse['batchItemFailures'] = [];
  const states = await loadStates([...new Set(asked.map(({ change }) => change.customer))]);
  for (const [, hers] of Map.groupBy(asked, ({ change }) => states.get(change.customer)!.customer)) {
    try {
      const keys = [...new Set(hers.map(({ change }) => change.tag))];
      await bring(states.get(hers[0]!.change.customer)!, keys, outward, client, tags);
    } catch (error) {
      for (const { id } of hers) failedItem('wecom-tags-failed', id, error);
      failures.push(...hers.map(({ id }) => ({ itemIdentifier: id })));
    }
  }
  return { batchItemFailures: failures };
});

const goesOut = ({ tag, cause }: Change, outward: Outward): boolean =>
  !FROM_WECOM.includes(cause?.eventName ?? '') && isOutward(tag, outward);

const WECOM = 'wecom:';

/** On every relation that a member has with her: a customer's tags lie there, not on the customer. */
async function bring(
  { customer, state, identity }: Loaded,
  keys: readonly string[],
  outward: Outward,
  client: WeComClient,
  tags: CorpTags,
): Promise<void> {
  const externals = [customer, ...identity.ids]
    .filter((id) => id.startsWith(WECOM))
    .map((id) => id.slice(WECOM.length));
  if (externals.length === 0) return;
  const { ruleset } = await currentRules();
  const wanted: Wanted[] = [];
  for (const key of new Set(keys.flatMap((one) => valuesOf(one, state.tags)))) {
    const name = corpNameOf(key, outward, (one) => tagName(one, ruleset).zh);
    const has = key in state.tags;
    // A tag that is not there need not be made in order to be taken away.
    const id = name && (await tags.idOf(name, has));
    if (name !== undefined && id !== undefined) wanted.push({ id, has, ...name });
  }
  if (wanted.length === 0) return;
  for (const external of new Set(externals)) await markOn(external, wanted, client);
}

/** Of a family all values that she has. */
const valuesOf = (key: string, tags: Readonly<Record<string, unknown>>): readonly string[] => [
  key,
  ...Object.keys(tags).filter((held) => held.startsWith(`${key}:`)),
];

interface Wanted {
  readonly id: string;
  readonly has: boolean;
  readonly group: string;
  readonly name: string;
}

async function markOn(external: string, wanted: readonly Wanted[], client: WeComClient): Promise<void> {
  const contact = await fetchContact(client, external).catch((error: unknown) => {
    if (error instanceof WeComRefused && error.contactGone) return undefined;
    throw error;
  });
  for (const follow of contact?.follows ?? []) {
    const { add, remove } = marksFor(follow, wanted);
    if (add.length + remove.length === 0) continue;
    await client.post('externalcontact/mark_tag', {
      userid: follow.userid,
      external_userid: external,
      ...(add.length > 0 && { add_tag: add }),
      ...(remove.length > 0 && { remove_tag: remove }),
    });
    await noteMarked(external, follow, wanted, { add, remove });
  }
}

/** Not news any more when she is looked at next; where she was never looked at, that look tells her tags quietly. */
async function noteMarked(
  external: string,
  { userid }: WeComFollow,
  wanted: readonly Wanted[],
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const known = await knownFollow(external, userid);
    if (known === undefined) return;
    const kept = known.follow.tags.filter(
      ({ tag_id }) => tag_id === undefined || ![...add, ...remove].includes(tag_id),
    );
    const added = wanted
      .filter(({ id }) => add.includes(id))
      .map(({ id, group, name }) => ({ group_name: group, tag_name: name, tag_id: id, type: 1 }));
    if (await keepFollow(external, { ...known.follow, tags: [...kept, ...added] }, known)) return;
  }
  throw new Error('A relation of WeCom was looked at by others each time');
}

/** Somebody else may keep what they saw meanwhile. */
const LOOKS = 5;
