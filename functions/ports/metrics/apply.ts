import { expiresIn } from '../clock/index.ts';
import { batchGet, MAX_TRANSACTION, type TransactItem, tableName, transact } from '../tables/index.ts';

/** What one write of an enrolment means for the counters. */
export interface Change {
  readonly customer: string;
  readonly enrolment: string;
  /** Of the enrolment after the write. */
  readonly rev: number;
  /** Counter row (`pk|sk`) -> field -> how much more. */
  readonly add: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const MARK_DAYS = 30;
const markKey = ({ customer, enrolment }: Change) => ({ pk: `mark#${customer}`, sk: enrolment });
const nameOf = (change: Change): string => `${change.customer}|${change.enrolment}`;

/**
 * Adds changes to the counters, each exactly once: the sums and the mark of how far an enrolment is counted move in one
 * transaction. What a mark says was counted already is left out, however the batches were cut.
 */
export async function apply(changes: readonly Change[]): Promise<void> {
  const byEnrolment = [...Map.groupBy(changes, nameOf).values()];
  for (const group of packed(byEnrolment)) await applyGroup(group);
}

/** Cuts so that marks and counter rows together fit into a transaction. */
function packed(lists: readonly Change[][]): Change[][][] {
  const groups: Change[][][] = [];
  let rows = new Set<string>();
  let group: Change[][] = [];
  for (const list of lists) {
    const more = new Set([...rows, ...list.flatMap(({ add }) => Object.keys(add))]);
    if (group.length > 0 && group.length + 1 + more.size > MAX_TRANSACTION) {
      groups.push(group);
      group = [];
      rows = new Set(list.flatMap(({ add }) => Object.keys(add)));
    } else rows = more;
    group.push(list);
  }
  return group.length > 0 ? [...groups, group] : groups;
}

async function applyGroup(group: Change[][]): Promise<void> {
  let lists = group;
  while (lists.length > 0) {
    const answer = await transact([...lists.map(markItem), ...sumItems(lists.flat())]);
    if (answer.done) return;
    const row = await batchGet({ metrics: lists.map(([first]) => markKey(first!)) });
    const counted = (change: Change) => (row('metrics', markKey(change))?.['rev'] as number | undefined) ?? 0;
    lists = lists
      .map((list) => list.filter((change) => change.rev > counted(change)))
      .filter((list) => list.length > 0);
  }
}

function markItem(list: readonly Change[]): TransactItem {
  const [first, last] = [list[0]!, list.at(-1)!];
  return {
    Put: {
      TableName: tableName('metrics'),
      Item: { ...markKey(first), rev: last.rev, expiresAt: expiresIn(MARK_DAYS) },
      ConditionExpression: 'attribute_not_exists(pk) OR #rev < :first',
      ExpressionAttributeNames: { '#rev': 'rev' },
      ExpressionAttributeValues: { ':first': first.rev },
    },
  };
}

function sumItems(changes: readonly Change[]): TransactItem[] {
  const sums = new Map<string, Map<string, number>>();
  for (const { add } of changes) {
    for (const [row, fields] of Object.entries(add)) {
      const sum = sums.get(row) ?? new Map<string, number>();
      sums.set(row, sum);
      for (const [field, amount] of Object.entries(fields)) sum.set(field, (sum.get(field) ?? 0) + amount);
    }
  }
  return [...sums].map(([row, fields]) => {
    const [pk, sk] = row.split('|');
    const entries = [...fields];
    return {
      Update: {
        TableName: tableName('metrics'),
        Key: { pk, sk },
        UpdateExpression: `ADD ${entries.map((_, i) => `#f${i} :a${i}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([field], i) => [`#f${i}`, field])),
        ExpressionAttributeValues: Object.fromEntries(entries.map(([, amount], i) => [`:a${i}`, amount])),
      },
    };
  });
}
