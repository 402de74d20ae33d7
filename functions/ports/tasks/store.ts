import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TaskState } from '../../../shared/tasks/index.ts';
import { expiresIn } from '../clock/index.ts';
import { customerPk } from '../profiles/index.ts';
import { batchGet, LIST_SHARDS, mergeShards, query, type TransactItem, tableName, tables } from '../tables/index.ts';
import { duePk, listPk, statePk, TASKS, type Task, taskFrom, taskKey, taskRow } from './task.ts';

/** Closed tasks are kept as long as the events beside them. */
const KEPT_DAYS = 400;

/** Puts a task, unless it is there; one that was withdrawn is put again. */
export const taskItem = (task: Task): TransactItem => ({
  Put: {
    TableName: tableName('tasks'),
    Item: taskRow(task),
    ConditionExpression: 'attribute_not_exists(pk) OR #state = :withdrawn',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':withdrawn': 'withdrawn' },
  },
});

export async function readTask(customer: string, id: string): Promise<Task | undefined> {
  const key = taskKey(customer, id);
  const row = (await batchGet({ tasks: [key] }))('tasks', key);
  return row && taskFrom(row);
}

/**
 * Writes the task as it is now, if nobody else has written since it was read; false: read again. A task that is no
 * longer open leaves the lists, and after 400 days the table.
 */
export async function saveTask(before: Task, change: Partial<Task>): Promise<boolean> {
  const task: Task = { ...before, ...change, rev: before.rev + 1 };
  try {
    await tables().send(
      new PutCommand({
        TableName: tableName('tasks'),
        Item: { ...taskRow(task), ...(task.state !== 'open' && { expiresAt: expiresIn(KEPT_DAYS) }) },
        ConditionExpression: '#rev = :rev',
        ExpressionAttributeNames: { '#rev': 'rev' },
        ExpressionAttributeValues: { ':rev': before.rev },
      }),
    );
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

interface Closing {
  readonly state: TaskState;
  readonly endedAt: string;
  readonly by?: string;
  readonly note?: string;
}

/** Closes a task that is still open; undefined when it is not (any more). */
export const closeTask = (customer: string, id: string, closing: Closing): Promise<Task | undefined> =>
  closeAs(customer, id, () => closing);

/**
 * Nobody needs it any more, since her passage has ended. Where it ended by the limit of the task itself, the task is
 * overdue: who looks for what is due may come a moment later.
 */
export const withdrawTask = (
  customer: string,
  id: string,
  { endedAt, note }: { readonly endedAt: string; readonly note: string },
): Promise<Task | undefined> =>
  closeAs(customer, id, ({ limitAt }) =>
    endedAt >= limitAt ? { state: 'overdue', endedAt } : { state: 'withdrawn', endedAt, note },
  );

async function closeAs(customer: string, id: string, as: (task: Task) => Closing): Promise<Task | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const task = await readTask(customer, id);
    if (task?.state !== 'open') return undefined;
    const closing = as(task);
    if (await saveTask(task, closing)) return { ...task, ...closing, rev: task.rev + 1 };
  }
  throw new Error(`Task ${id} was written by others ${ATTEMPTS} times in a row`);
}

const ATTEMPTS = 10;

/** All tasks about these ids, which are one customer's, the newest first. */
export async function tasksOf(ids: readonly string[]): Promise<Task[]> {
  const rows = await Promise.all(ids.map((id) => query('tasks', { pk: customerPk(id), prefix: TASKS })));
  return rows
    .flat()
    .map(taskFrom)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Open tasks, the most urgent first; or closed ones, the newest first. */
export async function tasksIn(lot: 'open' | 'closed', page: { cursor?: string; limit: number }) {
  const ask = (shard: number) => ({
    index: 'byState',
    pkName: 'statePk',
    skName: 'sortAt',
    pk: statePk(lot, shard),
    ...(lot === 'closed' && { backwards: true }),
  });
  const { items, cursor } = await mergeShards('tasks', { ask, orderOf: (row) => `${row['sortAt']}`, ...page });
  return { items: items.map(taskFrom), cursor };
}

/**
 * Open tasks that are given to one of these, the most urgent first, at most so many of each list. Nobody has more to do
 * than can be read at once; whoever has, sees the most urgent.
 */
export async function tasksFor(
  lists: readonly Parameters<typeof listPk>[0][],
  limit: number,
): Promise<{ items: Task[]; more: boolean }> {
  const found = await Promise.all(
    lists.map((one) =>
      query('tasks', {
        index: 'byList',
        pkName: 'listPk',
        skName: 'sortAt',
        pk: listPk(one),
        limit: limit + 1,
      }),
    ),
  );
  const items = found
    .flat()
    .map(taskFrom)
    .sort((a, b) => (a.due < b.due ? -1 : 1));
  return { items: items.slice(0, limit), more: items.length > limit };
}

/** Open tasks whose time is over by `at`, at most `limit` of each shard. */
export async function tasksDue(at: string, limit: number): Promise<{ customer: string; id: string }[]> {
  const lists = await Promise.all(
    Array.from({ length: LIST_SHARDS }, (_, shard) =>
      query('tasks', { index: 'due', pkName: 'duePk', skName: 'dueAt', pk: duePk(shard), to: at, limit }),
    ),
  );
  return lists.flat().map((row) => ({ customer: row.pk.slice(customerPk('').length), id: row.sk.slice(TASKS.length) }));
}
