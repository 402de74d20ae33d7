import type { DynamoDBRecord } from 'aws-lambda';
import { customerOf, type Happened, happenedIn, mergedIn, textInImage } from '../../ports/profiles/index.ts';

export interface HappenedRecord extends Happened {
  /** The stream's number of the record; Lambda begins again at the lowest one that failed. */
  readonly sequence: string;
}

/** Two ids turned out to be one customer's. */
export interface MergeRecord {
  readonly customer: string;
  /** The id that was merged into hers. */
  readonly id: string;
  /** Of the row that says so. */
  readonly key: string;
  readonly messageId: string;
  /** Of her state when they became one. */
  readonly version: number;
  readonly sequence: string;
}

/** Merges of ids that have a past, in order. */
export const readMerges = (records: readonly DynamoDBRecord[]): MergeRecord[] =>
  records.flatMap(({ eventName, dynamodb }) => {
    const pk = dynamodb?.Keys?.['pk']?.S;
    const sk = dynamodb?.Keys?.['sk']?.S;
    if (eventName !== 'INSERT' || !pk || !sk) return [];
    const { body, from, version } = dynamodb?.NewImage ?? {};
    const merged = mergedIn({ sk, body: body?.S, from: from?.S });
    if (merged === undefined || merged.empty) return [];
    const { id, messageId } = merged;
    const since = Number(version?.N ?? 0);
    return [{ customer: customerOf(pk), id, key: sk, messageId, version: since, sequence: dynamodb!.SequenceNumber! }];
  });

/**
 * What happened, by customer, in order. Only inserted rows tell; states and deletions by TTL do not, nor do rows that
 * moved here from another id, and copies of what an event's row told: they told when they first came.
 */
export function readRecords(records: readonly DynamoDBRecord[]): Map<string, HappenedRecord[]> {
  const customers = new Map<string, HappenedRecord[]>();
  for (const { eventName, dynamodb } of records) {
    const image = dynamodb?.NewImage;
    const body = textInImage(image?.['body']);
    const pk = dynamodb?.Keys?.['pk']?.S;
    const sk = dynamodb?.Keys?.['sk']?.S;
    const version = image?.['version']?.N;
    if (
      eventName !== 'INSERT' ||
      !body ||
      !pk?.startsWith('c#') ||
      !sk ||
      !version ||
      image?.['from'] ||
      image?.['copied']
    )
      continue;
    const customer = customerOf(pk);
    const list = customers.get(customer) ?? [];
    customers.set(customer, list);
    const quiet = image?.['quiet']?.BOOL;
    const changes = textInImage(image?.['changes']);
    for (const happened of happenedIn({ customer, sk, version: Number(version), body, changes, quiet })) {
      list.push({ ...happened, sequence: dynamodb!.SequenceNumber! });
    }
  }
  for (const list of customers.values()) list.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  return customers;
}
