import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type TransactItem, tableName, transact, update } from '../tables/index.ts';
import {
  type EndCause,
  type Enrolment,
  type HeldMessage,
  type Outcome,
  type Passed,
  pathKey,
  type Wait,
} from './enrolment.ts';
import { enrolmentKey } from './keys.ts';

export interface Place {
  readonly customer: string;
  readonly journey: string;
  readonly n: number;
}

export interface Step {
  /** Nodes passed, in order; what is recorded already stays as it is. */
  readonly passed: readonly { node: string; visit: number; outlet: string; at: string }[];
  /** Where she is now; null when the way ended. Absent: stays. */
  readonly at?: string | null;
  readonly wait?: Wait;
  readonly held?: HeldMessage;
  /** See Enrolment. */
  readonly seen?: string;
  readonly end?: { readonly outcome: Outcome; readonly reason: string; readonly at: string; readonly cause?: EndCause };
  /** See Enrolment; all of them. */
  readonly absorbed?: Enrolment['absorbed'];
  /** Only while this wait stands: for whoever resumes from outside. */
  readonly onlyWaiting?: { readonly node: string; readonly token: string };
}

/**
 * `ended`: not active any more (or the wait is gone). `written before`: one of the other rows was there already.
 * `overtaken`: what it was decided by has changed meanwhile; decide again.
 */
export type Recorded = 'recorded' | 'ended' | 'written before' | 'overtaken';

/**
 * Writes what a step did, in one conditional update: path, position, wait, end; and with it, all or nothing, the rows
 * that its effects put. Unless the answer is `recorded`, nothing was written.
 *
 * @param writes rows that must not be there yet
 * @param bases rows that must still be as they were when the step was decided
 */
export async function record(
  place: Place,
  step: Step,
  writes: readonly TransactItem[] = [],
  bases: readonly TransactItem[] = [],
): Promise<Recorded> {
  const names: Record<string, string> = { '#status': 'status', '#rev': 'rev' };
  const values: Record<string, unknown> = { ':active': 'active', ':one': 1 };
  const set = ['#rev = #rev + :one'];
  const remove: string[] = [];
  const conditions = ['#status = :active'];
  const put = (field: string, value: unknown) => {
    names[`#${field}`] = field;
    values[`:${field}`] = value;
    set.push(`#${field} = :${field}`);
  };
  const keys = new Set<string>();
  step.passed.forEach(({ node, visit, outlet, at }, index) => {
    const key = pathKey(node, visit);
    if (keys.has(key)) return;
    keys.add(key);
    names['#path'] = 'path';
    names[`#p${index}`] = key;
    values[`:p${index}`] = { outlet, at } satisfies Passed;
    set.push(`#path.#p${index} = if_not_exists(#path.#p${index}, :p${index})`);
  });
  if (step.at !== undefined) put('at', step.at);
  if (step.seen !== undefined) put('seen', step.seen);
  if (step.absorbed !== undefined) put('absorbed', step.absorbed);
  if (step.wait !== undefined) put('wait', step.wait);
  else if (step.at !== undefined || step.end !== undefined || step.onlyWaiting !== undefined) {
    names['#wait'] = 'wait';
    remove.push('#wait');
  }
  if (step.held !== undefined) put('held', step.held);
  else if (step.at !== undefined || step.end !== undefined) {
    names['#held'] = 'held';
    remove.push('#held');
  }
  if (step.end !== undefined) {
    const { outcome, reason, at, cause } = step.end;
    values[':ended'] = outcome;
    set.push('#status = :ended');
    put('endedAt', at);
    put('end', { outcome, reason, cause });
  }
  if (step.onlyWaiting !== undefined) {
    names['#wait'] = 'wait';
    names['#token'] = 'token';
    values[':token'] = step.onlyWaiting.token;
    conditions.push('#wait.#token = :token');
  }
  const row = {
    TableName: tableName('enrolments'),
    Key: enrolmentKey(place.customer, place.journey, place.n),
    UpdateExpression: `SET ${set.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
  return writes.length + bases.length === 0 ? updateAlone(row) : updateWith(row, writes, bases);
}

type Update = NonNullable<TransactItem['Update']>;

async function updateAlone(row: Update): Promise<Recorded> {
  try {
    await update(row);
    return 'recorded';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'ended';
    throw error;
  }
}

async function updateWith(
  row: Update,
  writes: readonly TransactItem[],
  bases: readonly TransactItem[],
): Promise<Recorded> {
  const answer = await transact([{ Update: row }, ...writes, ...bases]);
  if (answer.done) return 'recorded';
  if (answer.failed.includes(0)) return 'ended';
  return answer.failed.some((place) => place <= writes.length) ? 'written before' : 'overtaken';
}

/** Makes a failed enrolment active again, for a redriven execution; true also when it is active already. */
export async function reopen(place: Place): Promise<boolean> {
  try {
    await update({
      TableName: tableName('enrolments'),
      Key: enrolmentKey(place.customer, place.journey, place.n),
      UpdateExpression: 'SET #status = :active, #rev = #rev + :one REMOVE #end, #endedAt',
      ConditionExpression: '#status IN (:failed, :active)',
      ExpressionAttributeNames: { '#status': 'status', '#rev': 'rev', '#end': 'end', '#endedAt': 'endedAt' },
      ExpressionAttributeValues: { ':active': 'active', ':failed': 'failed', ':one': 1 },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
