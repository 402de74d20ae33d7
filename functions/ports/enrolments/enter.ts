import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { EntryCause } from '../../../shared/nodes/index.ts';
import type { Words } from '../../../shared/words.ts';
import { expiresIn } from '../clock/index.ts';
import { put, tableName, transact } from '../tables/index.ts';
import type { Enrolment } from './enrolment.ts';
import { enrolmentKey, journeyPk, refusalKey } from './keys.ts';
import { onlyPerson, stillPerson } from './person.ts';

const REFUSAL_DAYS = 90;

/**
 * Lets a customer in: creates her n-th passage, unless somebody did already or this very cause was refused before.
 * The number is the guard (docs/data.md): the caller has read the one before as ended, among all that are hers (`rev` of
 * personOf()).
 *
 * @param asked the id under which the cause happened, where that was another one of hers
 * @param alone whether she is let in depends on all her other passages, too: nobody else lets her in meanwhile
 */
export async function enter(
  enrolment: Enrolment,
  rev: number,
  asked: string,
  alone = false,
): Promise<'entered' | 'taken' | 'refused'> {
  const { customer, journey, n, causeKey } = enrolment;
  const answer = await transact([
    {
      Put: {
        TableName: tableName('enrolments'),
        Item: { ...enrolmentKey(customer, journey, n), ...enrolment, journeyPk: journeyPk('j', journey, customer) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    alone ? onlyPerson(customer, rev) : stillPerson(customer, rev),
    ...[...new Set([customer, asked])].map((id) => ({
      ConditionCheck: {
        TableName: tableName('enrolments'),
        Key: refusalKey(id, journey, causeKey),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    })),
  ]);
  if (answer.done) return 'entered';
  return answer.failed.some((place) => place > 1) ? 'refused' : 'taken';
}

/** Why somebody was not let in. */
export interface Refusal {
  readonly customer: string;
  readonly journey: string;
  readonly version: number;
  readonly at: string;
  /** Stable code: paused, active, family, reentry-never, reentry-too-soon, too-old, audience, too-deep. */
  readonly reason: string;
  readonly why?: Words;
  /** Of `family`: id of the journey that she was in. */
  readonly inside?: string;
  readonly cause: EntryCause;
  readonly causeKey: string;
}

export async function keepRefusal(refusal: Refusal): Promise<void> {
  const { customer, journey, causeKey, at } = refusal;
  await put({
    TableName: tableName('enrolments'),
    Item: {
      ...refusalKey(customer, journey, causeKey),
      ...refusal,
      journeyPk: journeyPk('x', journey, customer),
      enteredAt: at,
      expiresAt: expiresIn(REFUSAL_DAYS),
    },
    // Told again later, things may stand otherwise: the first reason is why she was refused.
    ConditionExpression: 'attribute_not_exists(pk)',
  }).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}
