import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { CustomerEvent, Join } from '../../../shared/events/index.ts';
import type { Rules } from '../ruleset/index.ts';
import { censusItem } from '../segments/index.ts';
import { type TransactItem, tableName, transact } from '../tables/index.ts';
import { directoryItem } from '../tags/members.ts';
import { ifVersion, stateItem } from './commit.ts';
import { expect, expectMoved, unexpected } from './expected.ts';
import { customerPk, STATE } from './keys.ts';
import { finishMerge } from './merge.ts';
import { apartItem, mergedItem } from './merged-rows.ts';
import { type Identity, type Loaded, loadRows, loadState } from './states.ts';

/** So many of the ids are kept with the state; all of them are rows of their own. */
const MOST_IDS = 50;
const ATTEMPTS = 20;

/** `known`: they were one already, or are kept apart. */
export type Joined = { readonly type: 'known' | 'merged' | 'refused'; readonly diagnostics: readonly Diagnostic[] };

/**
 * Makes one customer of the two ids that a message names, by the rules of docs/identity.md. Doing it again changes
 * nothing; what a crash leaves half done is finished by whoever comes next.
 *
 * @param event the message; its `customer` is the id that the other one is joined to
 * @param now ISO 8601, UTC
 */
export async function join(event: CustomerEvent, joins: Join, rules: Rules, now: string): Promise<Joined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const rows = await loadRows([event.customer, joins.id]);
    const other = rows.get(joins.id)!;
    const [survivor, owner] = await Promise.all([ownerOf(rows.get(event.customer)!), ownerOf(other)]);
    const pending = [survivor, owner].find(({ identity }) => identity.merging !== undefined);
    if (pending !== undefined) {
      await finishMerge(pending, rules, now);
      continue;
    }
    const decided = decide(event, joins, survivor, owner, other);
    if ('diagnostics' in decided) return decided;
    const written =
      decided.type === 'merge'
        ? await begin(event, joins, survivor, other, now)
        : await keepApart(event, joins, survivor, owner.customer, now);
    if (!written) {
      unexpected(survivor.customer);
      continue;
    }
    if (decided.type === 'apart') return KNOWN;
    if (other.version > 0) await finishMerge((await loadRows([survivor.customer])).get(survivor.customer)!, rules, now);
    return { type: 'merged', diagnostics: [] };
  }
  throw new Error(`The ids of customer ${event.customer} were written by others ${ATTEMPTS} times in a row`);
}

const ownerOf = async (row: Loaded): Promise<Loaded> =>
  row.identity.into === undefined ? row : loadState(row.identity.into);

const KNOWN: Joined = { type: 'known', diagnostics: [] };

function decide(
  { customer }: CustomerEvent,
  { id, rule }: Join,
  survivor: Loaded,
  owner: Loaded,
  other: Loaded,
): Joined | { readonly type: 'merge' | 'apart' } {
  const gaveUp = other.identity.into !== undefined;
  if (survivor.customer === owner.customer) {
    if (rule !== 'alias' || gaveUp) return KNOWN;
    return { type: 'refused', diagnostics: [circle(id, customer)] };
  }
  if (rule === 'alias') {
    return gaveUp ? { type: 'refused', diagnostics: [taken(id, owner.customer, customer)] } : { type: 'merge' };
  }
  if (!gaveUp && other.identity.named !== true) return { type: 'merge' };
  return survivor.identity.ids.includes(id) ? KNOWN : { type: 'apart' };
}

/**
 * In one transaction the other id gives itself up, whereupon nothing can be written under it any more, and the survivor
 * knows what she has to take over. Her version goes beyond both, so that what happens from now on is later than all that
 * happened to either (`order` in happened.ts). She is due at once: if nobody comes to finish the merge, the sweep does.
 */
async function begin(event: CustomerEvent, { id, rule }: Join, survivor: Loaded, other: Loaded, now: string) {
  const { customer } = survivor;
  const empty = other.version === 0;
  const { id: messageId, name } = event;
  const quiet = event.quiet === true;
  const version = Math.max(survivor.version, other.version) + 1;
  const identity: Identity = {
    ...survivor.identity,
    ids: latest([...survivor.identity.ids, ...other.identity.ids, id]),
    ...(empty ? {} : { merging: { id, messageId, event: name, quiet } }),
  };
  const merged = { id, rule, at: now, messageId, event: name };
  const due = empty ? survivor.due : now;
  const next: Loaded = { ...survivor, identity, version, ...(due === undefined ? {} : { due }) };
  const items = [
    stateItem(next, survivor.version),
    empty
      ? stateItem({ ...other, version: 1, identity: { ...other.identity, into: customer } }, 0)
      : gaveUp(other, customer),
    mergedItem(customer, { ...merged, ...(empty ? { empty } : {}), ...(quiet ? { quiet } : {}) }, version),
    ...(survivor.version === 0 ? isNew(next) : []),
    // So that she is found by it.
    ...(empty ? [directoryItem(id)] : []),
  ];
  if (!(await transact(items)).done) return false;
  expectMoved(id, customer);
  if (empty) expect(next);
  return true;
}

/** What it knew stays in its row until the survivor has taken it over. */
const gaveUp = (other: Loaded, into: string): TransactItem => {
  const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = ifVersion(other.version);
  return {
    Update: {
      TableName: tableName('profiles'),
      Key: { pk: customerPk(other.customer), sk: STATE },
      UpdateExpression: 'SET #into = :into, #version = :next REMOVE duePk, dueAt',
      ConditionExpression,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, '#into': 'into' },
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':into': into, ':next': other.version + 1 },
    },
  };
};

const isNew = ({ customer, state, version }: Loaded): TransactItem[] => [
  directoryItem(customer),
  censusItem(customer, Object.keys(state.segments), version),
];

/** Nothing is merged; that it was asked for is kept, shown, and not asked again. */
async function keepApart(event: CustomerEvent, { id, rule }: Join, survivor: Loaded, owner: string, now: string) {
  const { customer, version, identity } = survivor;
  const apart = { id, rule, at: now, messageId: event.id, event: event.name, owner };
  const next = { ...survivor, version: version + 1, identity: { ...identity, ids: latest([...identity.ids, id]) } };
  const answer = await transact([
    stateItem(next, version),
    apartItem(customer, apart),
    ...(version === 0 ? isNew(next) : []),
  ]);
  if (answer.done) expect(next);
  return answer.done;
}

const latest = (ids: readonly string[]): string[] => [...new Set(ids)].slice(-MOST_IDS);

const circle = (previous: string, user: string): Diagnostic => ({
  code: 'alias-circle',
  severity: 'error',
  field: 'previousId',
  message: {
    zh: `「${user}」早已并入「${previous}」，不能再反过来合并。`,
    en: `“${user}” was merged into “${previous}” before; it cannot be the other way round as well.`,
  },
  next: {
    zh: `两者已是同一位客户，用任何一个编号都能找到她；不必再发这条 alias。`,
    en: 'They are one customer already, found by either id: leave this alias out.',
  },
});

const taken = (previous: string, owner: string, user: string): Diagnostic => ({
  code: 'alias-taken',
  severity: 'error',
  field: 'previousId',
  message: {
    zh: `「${previous}」已经并入「${owner}」，不能再归「${user}」。`,
    en: `“${previous}” belongs to “${owner}” already; it cannot become “${user}” as well.`,
  },
  next: {
    zh: `如果「${owner}」和「${user}」是同一个人，请发 alias：previousId「${owner}」，userId「${user}」。`,
    en: `If “${owner}” and “${user}” are one person, send an alias with previousId “${owner}” and userId “${user}”.`,
  },
});
