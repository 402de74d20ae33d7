import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CustomerEvent } from '../../../shared/events/index.ts';
import { batchGet, type Key, LAST, query, type Row, tableName, tables, writeAll } from '../tables/index.ts';
import { bodyOf, textIn } from './body.ts';
import { ownedBy } from './commit.ts';
import { APART, CHANGES, customerPk, EVENT, HANDS, MERGED, ORDER, orderSks, SEEN, STATE } from './keys.ts';
import type { MergedId } from './merged-rows.ts';
import { toldIn } from './told.ts';

/** So many are read, written to their new place and deleted at a time: what a break leaves behind is moved later. */
const PAGE = 200;

/**
 * Moves what is kept of one id (events, ids seen, changes, hands, ids merged into it) to another. Rows that are moved say where
 * they came `from`: they were told when they first came, so who listens to the stream leaves them alone. An event that
 * both have is one event, and so is an order, though one told it live and the other from a file.
 */
export async function moveRows(from: string, to: string): Promise<void> {
  for (;;) {
    const rows = await query('profiles', {
      pk: customerPk(from),
      from: SEEN,
      to: `${APART}${LAST}`,
      consistent: true,
      limit: PAGE,
    });
    if (rows.length === 0) return;
    const known = await knownThere(rows, from, to);
    const there = [...rows.filter((row) => !known(row)), ...rows.flatMap(copyOf)].map((row) => moved(row, from, to));
    const once = new Map(there.map((Item) => [Item.sk, { Put: { TableName: tableName('profiles'), Item } }]));
    await writeAll([...once.values()]);
    for (const row of rows) if (row.sk.startsWith(MERGED)) await pointOn(row, to);
    await writeAll(rows.map(({ pk, sk }) => ({ Delete: { TableName: tableName('profiles'), Key: { pk, sk } } })));
  }
}

/** Which of these rows the other has already; what an earlier attempt of this very move put there does not count as its own. */
async function knownThere(rows: readonly Row[], from: string, to: string): Promise<(row: Row) => boolean> {
  const keyOf = (sk: string): Key => ({ pk: customerPk(to), sk });
  const orders = new Map(
    rows
      .filter(({ sk }) => sk.startsWith(EVENT))
      .map((row) => [row.sk, orderSks(JSON.parse(textIn(row['body'])) as CustomerEvent)]),
  );
  const once = rows.filter(({ sk }) => [SEEN, EVENT, ORDER].some((prefix) => sk.startsWith(prefix)));
  const found = await batchGet({ profiles: [...once.map(({ sk }) => sk), ...[...orders.values()].flat()].map(keyOf) });
  const has = (sk: string): boolean => found('profiles', keyOf(sk)) !== undefined;
  const hasOfItsOwn = (sk: string): boolean => has(sk) && found('profiles', keyOf(sk))?.['from'] !== from;
  return ({ sk }) => has(sk) || (orders.get(sk) ?? []).some(hasOfItsOwn);
}

/** What an event's own row told of changes stays with her history; its copy (see told.ts) may be there by now, or not. */
function copyOf(row: Row): Row[] {
  const copy = toldIn(row)?.copy;
  return copy === undefined ? [] : [copy];
}

/** Changes and hands of the two may be of one instant and version: those that are moved carry their first owner in the key. */
function moved(row: Row, from: string, to: string): Row {
  const mine = row.sk.startsWith(CHANGES) || row.sk.startsWith(HANDS);
  const sk = mine && row['from'] === undefined ? `${row.sk}#${from}` : row.sk;
  const body = row.sk.startsWith(EVENT)
    ? bodyOf(JSON.stringify(ownedBy(to, JSON.parse(textIn(row['body'])) as CustomerEvent)))
    : row['body'];
  const { changes: _told, ...rest } = row;
  return { ...rest, pk: customerPk(to), sk, ...(body === undefined ? {} : { body }), from };
}

/** An id that had been merged into the one that goes is the survivor's now: nobody is found by way of a third. */
async function pointOn(row: Row, to: string): Promise<void> {
  const { id } = JSON.parse(row['body'] as string) as MergedId;
  await tables().send(
    new UpdateCommand({
      TableName: tableName('profiles'),
      Key: { pk: customerPk(id), sk: STATE },
      UpdateExpression: 'SET #into = :into',
      ConditionExpression: 'attribute_exists(#into)',
      ExpressionAttributeNames: { '#into': 'into' },
      ExpressionAttributeValues: { ':into': to },
    }),
  );
}
