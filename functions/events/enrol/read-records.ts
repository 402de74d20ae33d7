import type { DynamoDBRecord } from 'aws-lambda';
import { customerOf, type Happened, happenedIn } from '../../ports/profiles/index.ts';

export interface HappenedRecord extends Happened {
  /** The stream's number of the record; Lambda begins again at the lowest one that failed. */
  readonly sequence: string;
}

/** What happened, by customer, in order. Only inserted rows tell; states and deletions by TTL do not. */
export function readRecords(records: readonly DynamoDBRecord[]): Map<string, HappenedRecord[]> {
  const customers = new Map<string, HappenedRecord[]>();
  for (const { eventName, dynamodb } of records) {
    const image = dynamodb?.NewImage;
    const body = image?.['body']?.S;
    const pk = dynamodb?.Keys?.['pk']?.S;
    const sk = dynamodb?.Keys?.['sk']?.S;
    const version = image?.['version']?.N;
    if (eventName !== 'INSERT' || !body || !pk?.startsWith('c#') || !sk || !version) continue;
    const customer = customerOf(pk);
    const list = customers.get(customer) ?? [];
    customers.set(customer, list);
    const quiet = image?.['quiet']?.BOOL === true;
    for (const happened of happenedIn({ customer, sk, version: Number(version), body, quiet })) {
      list.push({ ...happened, sequence: dynamodb!.SequenceNumber! });
    }
  }
  for (const list of customers.values()) list.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  return customers;
}
