import { randomUUID } from 'node:crypto';
import type { Ruleset } from '../../../shared/tags/index.ts';
import { expiresIn, now } from '../clock/index.ts';
import { count, get, LIST_SHARDS, query, type Row, type TransactItem, tableName, transact } from '../tables/index.ts';
import { customersOf } from '../tags/index.ts';
import { type Backfill, NO_TALLY } from './backfill.ts';

/** Rows of the tags table, see docs/data.md. One dry run and one backfill are under way at a time: `active` says which. */
const JOBS = 'backfills';
const ACTIVE = 'backfills#active';
const RULES = 'backfills#rules';
/** How long a backfill can be undone, and the rules of a dry run are kept. */
export const UNDO_DAYS = 30;

export type NewBackfill = Pick<
  Backfill,
  'dryRun' | 'of' | 'version' | 'base' | 'rate' | 'sample' | 'announce' | 'author'
>;

/** Begins it (whoever works it must still be told); undefined when another of its kind is under way. */
export async function createBackfill(wanted: NewBackfill, draft?: Ruleset): Promise<Backfill | undefined> {
  const at = now();
  const counts = Array.from({ length: LIST_SHARDS }, (_, shard) => count('tags', customersOf(shard)));
  const total = (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
  const job: Backfill = {
    ...wanted,
    id: `${at.replace(/\D/g, '')}-${randomUUID().slice(0, 6)}`,
    status: 'running',
    doing: wanted.dryRun ? 'try' : 'apply',
    createdAt: at,
    updatedAt: at,
    total,
    cursors: fromTheStart(),
    tally: NO_TALLY,
    undoUntil: expiresIn(UNDO_DAYS),
    rev: 1,
  };
  const rules = {
    Put: {
      TableName: tableName('tags'),
      Item: { pk: RULES, sk: job.id, body: JSON.stringify(draft), expiresAt: expiresIn(UNDO_DAYS) },
    },
  };
  const answer = await transact([takeActive(job), jobItem(job), ...(draft === undefined ? [] : [rules])]);
  return answer.done ? job : undefined;
}

export const fromTheStart = (): null[] => Array.from({ length: LIST_SHARDS }, () => null);

/** Writes the next of this job; undefined when it has been written since it was read, or another one is under way. */
export async function saveBackfill(job: Backfill, changed: Partial<Backfill>): Promise<Backfill | undefined> {
  const next: Backfill = { ...job, ...changed, rev: job.rev + 1, updatedAt: now() };
  const was = isActive(job);
  const is = isActive(next);
  const pointer = was === is ? [] : [is ? takeActive(next) : releaseActive(next)];
  return (await transact([jobItem(next), ...pointer])).done ? next : undefined;
}

const isActive = ({ status }: Backfill): boolean => status === 'running' || status === 'paused';

export async function readBackfill(id: string): Promise<Backfill | undefined> {
  const row = await get('tags', { pk: JOBS, sk: id });
  return row === undefined ? undefined : backfillFrom(row);
}

/** The dry run, or the backfill, that is under way or paused. */
export async function activeBackfill(dryRun: boolean): Promise<Backfill | undefined> {
  const { pk, sk } = activeKey({ dryRun });
  const row = await get('tags', { pk, sk });
  return row === undefined ? undefined : readBackfill(row['id'] as string);
}

/** The rules a dry run of the draft is about. */
export async function rulesTried(id: string): Promise<Ruleset | undefined> {
  const row = await get('tags', { pk: RULES, sk: id });
  return row === undefined ? undefined : (JSON.parse(row['body'] as string) as Ruleset);
}

/** The newest first. */
export const listBackfills = async (limit: number): Promise<Backfill[]> =>
  (await query('tags', { pk: JOBS, prefix: '', backwards: true, limit, consistent: true })).map(backfillFrom);

/** Customers of one shard of the directory after this one, in the order of their ids. */
export async function customersAfter(shard: number, after: string | null, limit: number): Promise<string[]> {
  const { pk } = customersOf(shard);
  const rows = await query('tags', { pk, limit, ...(after === null ? {} : { after: { pk, sk: after } }) });
  return rows.map((row) => row.sk);
}

const backfillFrom = (row: Row): Backfill => JSON.parse(row['body'] as string) as Backfill;

function jobItem(job: Backfill): TransactItem {
  const condition =
    job.rev === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#rev = :rev',
          ExpressionAttributeNames: { '#rev': 'rev' },
          ExpressionAttributeValues: { ':rev': job.rev - 1 },
        };
  const Item = { pk: JOBS, sk: job.id, rev: job.rev, body: JSON.stringify(job) };
  return { Put: { TableName: tableName('tags'), Item, ...condition } };
}

const activeKey = ({ dryRun }: Pick<Backfill, 'dryRun'>) => ({ pk: ACTIVE, sk: dryRun ? 'dry-run' : 'backfill' });

const takeActive = (job: Backfill): TransactItem => ({
  Put: {
    TableName: tableName('tags'),
    Item: { ...activeKey(job), id: job.id },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

const releaseActive = (job: Backfill): TransactItem => ({
  Delete: { TableName: tableName('tags'), Key: activeKey(job) },
});
