import { type TransactItem, tableName, transact, writeAll } from '../tables/index.ts';
import { stateItem } from './commit.ts';
import { expectMoved, unexpected } from './expected.ts';
import { customerPk, mergedSk, STATE } from './keys.ts';
import { apartItem, mergedItem } from './merged-rows.ts';
import type { Parts } from './part-of.ts';
import type { Loaded } from './states.ts';

/** Takes what came under those ids out of a customer's record: events, hands, changes. Repeatable. */
export const takeOut = ({ rows }: Parts): Promise<void> =>
  writeAll(rows.map(({ pk, sk }) => ({ Delete: { TableName: tableName('profiles'), Key: { pk, sk } } })));

/**
 * Those ids are another customer's from now on: whatever still comes under them is hers, and both pages say by whom they
 * were separated. False when somebody else wrote meanwhile, and it is to be done again.
 *
 * @param to whose they become; her state as it was read
 */
export async function handOver(from: string, { merged }: Parts, to: Loaded, by: string, now: string): Promise<boolean> {
  const ids = merged.map(({ id }) => id);
  // A person known by a name of her own: no message that names two ids swallows her.
  const identity = { ...to.identity, named: true as const, ids: [...new Set([...to.identity.ids, ...ids])] };
  const next: Loaded = { ...to, version: to.version + 1, identity };
  const link = (id: string) => {
    const { messageId, event } = merged.find((one) => one.id === id)!;
    return { id, rule: 'separated' as const, at: now, messageId, event, by };
  };
  const { done } = await transact([
    stateItem(next, to.version),
    ...ids.flatMap((id): TransactItem[] => [
      pointed(id, from, to.customer),
      mergedItem(to.customer, { ...link(id), was: from, empty: true }, next.version),
      apartItem(from, { ...link(id), owner: to.customer }),
      { Delete: { TableName: tableName('profiles'), Key: { pk: customerPk(from), sk: mergedSk(id) } } },
    ]),
  ]);
  for (const id of ids) expectMoved(id, to.customer);
  unexpected(to.customer);
  return done;
}

/** Whoever asks for this id finds the other customer. */
const pointed = (id: string, from: string, to: string): TransactItem => ({
  Update: {
    TableName: tableName('profiles'),
    Key: { pk: customerPk(id), sk: STATE },
    UpdateExpression: 'SET #into = :to',
    ConditionExpression: '#into = :from',
    ExpressionAttributeNames: { '#into': 'into' },
    ExpressionAttributeValues: { ':to': to, ':from': from },
  },
});
