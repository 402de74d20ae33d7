import { customerPk } from '../profiles/index.ts';
import { batchGet, mergeShards, query, type Row } from '../tables/index.ts';
import type { Enrolment, EnrolmentStatus } from './enrolment.ts';
import type { Refusal } from './enter.ts';
import { ENROLMENT, enrolmentKey, REFUSAL } from './keys.ts';

/** All passages of a customer, by journey and number; consistent. */
export async function enrolmentsOf(customer: string): Promise<Enrolment[]> {
  return (await query('enrolments', { pk: customerPk(customer), prefix: ENROLMENT, consistent: true })).map(
    enrolmentFrom,
  );
}

export async function readEnrolment(customer: string, journey: string, n: number): Promise<Enrolment | undefined> {
  const key = enrolmentKey(customer, journey, n);
  const row = (await batchGet({ enrolments: [key] }))('enrolments', key);
  return row && enrolmentFrom(row);
}

export async function refusalsOf(customer: string): Promise<Refusal[]> {
  return (await query('enrolments', { pk: customerPk(customer), prefix: REFUSAL })).map(
    (row) => row as unknown as Refusal,
  );
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
  // Two may have entered at the same instant, so the order is by instant and key.
  const orderOf = (row: Row) => `${row['enteredAt']}|${row.pk}|${row.sk}`;
  return mergeShards<Row>(
    async (shard, wanted) => {
      const rows = await query('enrolments', {
        index: 'byJourney',
        pkName: 'journeyPk',
        skName: 'enteredAt',
        pk: `${prefix}#${journey}#${shard}`,
        ...(cursor === undefined ? {} : { to: cursor.split('|')[0] }),
        backwards: true,
        limit: wanted + (cursor === undefined ? 0 : SAME_INSTANT),
        ...filter,
      });
      return cursor === undefined ? rows : rows.filter((row) => orderOf(row) < cursor);
    },
    { orderOf, backwards: true, limit },
  );
}

/** How many rows of one instant in one shard a page may have to step over. */
const SAME_INSTANT = 200;

export function enrolmentFrom(row: Row): Enrolment {
  const { pk, sk, journeyPk, ...enrolment } = row;
  return enrolment as unknown as Enrolment;
}
