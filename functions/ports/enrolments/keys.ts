import { createHash } from 'node:crypto';
import { customerPk } from '../profiles/index.ts';
import { shardOf } from '../tables/index.ts';

/** Keys of the enrolments table, see docs/data.md. */
export const ENROLMENT = 'n#';
export const REFUSAL = 'x#';
/** Sorts right before the passages. */
export const PERSON = 'i#';

export const personKey = (customer: string) => ({ pk: customerPk(customer), sk: PERSON });

export const enrolmentKey = (customer: string, journey: string, n: number) => ({
  pk: customerPk(customer),
  sk: `${ENROLMENT}${journey}#${String(n).padStart(6, '0')}`,
});

export const refusalKey = (customer: string, journey: string, causeKey: string) => ({
  pk: customerPk(customer),
  sk: `${REFUSAL}${journey}#${causeKey}`,
});

export const journeyPk = (prefix: 'j' | 'x', journey: string, customer: string): string =>
  `${prefix}#${journey}#${shardOf(customer)}`;

/** 64 bits of the customer's id: two customers of one journey must not share an execution name. */
export function enrolmentId(journey: string, customer: string, n: number): string {
  const hash = createHash('sha256').update(customer).digest().readBigUInt64BE().toString(36);
  return `${journey}-${hash}-${n}`;
}

/** The journey and number in an enrolment's id; undefined when it is none. */
export function enrolmentParts(id: string): { journey: string; n: number } | undefined {
  const match = /^([A-Za-z0-9_-]{1,40})-[0-9a-z]{1,13}-(\d{1,6})$/.exec(id);
  return match === null ? undefined : { journey: match[1]!, n: Number(match[2]) };
}
