import { environment } from '../environment.ts';
import { query } from '../tables/index.ts';
import { customerOf, duePk } from './keys.ts';

export interface Due {
  readonly customer: string;
  /** ISO 8601, UTC. */
  readonly dueAt: string;
}

/** Customers at whom time alone changes something by `at` (ISO 8601, UTC), the earliest first, at most `limit` of each shard. */
export async function dueBy(at: string, limit: number): Promise<Due[]> {
  const shards = Array.from({ length: Number(environment('DUE_SHARDS')) }, (_, shard) => shard);
  const lists = await Promise.all(
    shards.map((shard) =>
      query('profiles', { index: 'due', pkName: 'duePk', skName: 'dueAt', pk: duePk(shard), to: at, limit }),
    ),
  );
  return lists
    .flat()
    .map((row) => ({ customer: customerOf(row.pk), dueAt: row['dueAt'] as string }))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
}
