import { createHash } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Trigger } from '../../../shared/journey/index.ts';
import { batchGet, query, type Row, type TransactItem, tableName, tables } from '../tables/index.ts';
import { CLOCKS, CLOCKS_DUE, clockSk, entryIn } from './keys.ts';

/** An entry of a live journey that begins by time, and how far it has been worked on. */
export interface ClockRow {
  readonly journey: string;
  readonly node: string;
  /** Of the trigger and its zone: another one begins anew. */
  readonly made: string;
  /** When it was published, ISO 8601, UTC; intervals count from here. */
  readonly since: string;
  /** The moment that comes next, or is being worked on; absent when there is none. ISO 8601, UTC. */
  readonly dueAt?: string;
  /** How far the customers of that moment are done. */
  readonly cursor?: string;
  /** Grows by one with every write. */
  readonly rev: number;
}

export const madeOf = (trigger: Trigger, zone: string): string =>
  createHash('sha256')
    .update(JSON.stringify([trigger, zone]))
    .digest('hex')
    .slice(0, 16);

const keyOf = ({ journey, node }: Pick<ClockRow, 'journey' | 'node'>) => ({ pk: CLOCKS, sk: clockSk(journey, node) });

/** Of one journey. */
export async function clocksOf(journey: string): Promise<ClockRow[]> {
  return (await query('profiles', { pk: CLOCKS, prefix: `${journey}#`, consistent: true })).map(clockFrom);
}

/** Those whose moment has come, the earliest first. */
export async function dueClocks(at: string, limit: number): Promise<ClockRow[]> {
  const due = { index: 'due', pkName: 'duePk', skName: 'dueAt' };
  const keys = (await query('profiles', { ...due, pk: CLOCKS_DUE, to: at, limit })).map(({ pk, sk }) => ({ pk, sk }));
  const row = await batchGet({ profiles: keys });
  const clocks = keys.flatMap((key) => row('profiles', key) ?? []).map(clockFrom);
  // The index may be behind.
  return clocks.filter(({ dueAt }) => dueAt !== undefined && dueAt <= at);
}

const clockFrom = (row: Row): ClockRow => ({
  ...entryIn(row.sk),
  made: row['made'] as string,
  since: row['since'] as string,
  rev: row['rev'] as number,
  ...(row['dueAt'] !== undefined && { dueAt: row['dueAt'] as string }),
  ...(row['cursor'] !== undefined && { cursor: row['cursor'] as string }),
});

const itemOf = (clock: ClockRow) => ({
  ...keyOf(clock),
  ...clock,
  ...(clock.dueAt !== undefined && { duePk: CLOCKS_DUE }),
});

/** For the transaction that publishes. */
export const putClock = (clock: ClockRow): TransactItem => ({
  Put: { TableName: tableName('profiles'), Item: itemOf(clock) },
});
export const dropClock = (clock: ClockRow): TransactItem => ({
  Delete: { TableName: tableName('profiles'), Key: keyOf(clock) },
});

/** Notes how far it is; false when somebody else did meanwhile. */
export const moveClock = ({ rev, ...clock }: ClockRow): Promise<boolean> =>
  ifStill(rev, (condition) =>
    tables().send(
      new PutCommand({ TableName: tableName('profiles'), Item: itemOf({ ...clock, rev: rev + 1 }), ...condition }),
    ),
  );

/** The journey has no such entry any more. */
export const forgetClock = (clock: ClockRow): Promise<boolean> =>
  ifStill(clock.rev, (condition) =>
    tables().send(new DeleteCommand({ TableName: tableName('profiles'), Key: keyOf(clock), ...condition })),
  );

async function ifStill(rev: number, write: (condition: object) => Promise<unknown>): Promise<boolean> {
  try {
    await write({
      ConditionExpression: '#rev = :rev',
      ExpressionAttributeNames: { '#rev': 'rev' },
      ExpressionAttributeValues: { ':rev': rev },
    });
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
