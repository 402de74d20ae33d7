import { belongsTo, type SegmentFamily } from '../tags/index.ts';

/** So many customers are in exactly these segments. */
export interface SegmentSet {
  readonly segments: ReadonlySet<string>;
  readonly customers: number;
}

const sum = (sets: readonly SegmentSet[], counts: (set: SegmentSet) => boolean): number =>
  sets.reduce((total, set) => total + (counts(set) ? set.customers : 0), 0);

/** All customers there are. */
export const everybody = (sets: readonly SegmentSet[]): number => sum(sets, () => true);

/** Customers who are in every one of these segments. */
export const inAll = (sets: readonly SegmentSet[], ids: readonly string[]): number =>
  sum(sets, ({ segments }) => ids.every((id) => segments.has(id)));

/** Customers who are in at least one of these segments. */
export const inAny = (sets: readonly SegmentSet[], ids: readonly string[]): number =>
  sum(sets, ({ segments }) => ids.some((id) => segments.has(id)));

/** Of a family: how many customers belong to each of its segments, by id. Nobody is counted twice. */
export function belonging(
  sets: readonly SegmentSet[],
  family: Pick<SegmentFamily, 'order'>,
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = Object.fromEntries(family.order.map((id) => [id, 0]));
  for (const { segments, customers } of sets) {
    const id = belongsTo(family, (one) => segments.has(one));
    if (id !== undefined) counts[id] = (counts[id] ?? 0) + customers;
  }
  return counts;
}
