import { customerPk } from '../profiles/index.ts';
import { batchGet, mergeShards, query } from '../tables/index.ts';
import type { Enrolment, EnrolmentStatus } from './enrolment.ts';
import type { Refusal } from './enter.ts';
import { enrolmentKey, REFUSAL } from './keys.ts';
import { enrolmentFrom } from './person.ts';

export async function readEnrolment(customer: string, journey: string, n: number): Promise<Enrolment | undefined> {
  const key = enrolmentKey(customer, journey, n);
  const row = (await batchGet({ enrolments: [key] }))('enrolments', key);
  return row && enrolmentFrom(row);
}

/** Of these ids, which are one customer's. */
export async function refusalsOf(ids: readonly string[]): Promise<Refusal[]> {
  const rows = await Promise.all(ids.map((id) => query('enrolments', { pk: customerPk(id), prefix: REFUSAL })));
  return rows.flat().map((row) => row as unknown as Refusal);
}

/** Passages through a journey, the newest first. `cursor` is an instant, as the page before gave it. */
export async function enrolmentsIn(
  journey: string,
  page: { cursor?: string; limit: number; status?: EnrolmentStatus },
) {
  const { items, cursor } = await byJourney('j', journey, page);
  return { items: items.map(enrolmentFrom), cursor };
}

/** Refusals of a journey, the newest first. */
export async function refusalsIn(journey: string, page: { cursor?: string; limit: number }) {
  const { items, cursor } = await byJourney('x', journey, page);
  return { items: items.map((row) => row as unknown as Refusal), cursor };
}

function byJourney(
  prefix: 'j' | 'x',
  journey: string,
  page: { cursor?: string; limit: number; status?: EnrolmentStatus },
) {
  const { cursor, limit, status } = page;
  const filter = status && {
    filter: { expression: '#status = :status', names: { '#status': 'status' }, values: { ':status': status } },
  };
  const ask = (shard: number) => ({
    index: 'byJourney',
    pkName: 'journeyPk',
    skName: 'enteredAt',
    pk: `${prefix}#${journey}#${shard}`,
    backwards: true,
    ...filter,
  });
  return mergeShards('enrolments', { ask, orderOf: (row) => `${row['enteredAt']}`, limit, cursor });
}
