import type { CustomerEvent } from '../../../shared/events/index.ts';
import type { Hand } from '../../../shared/profile/index.ts';
import { LAST, query, type Row } from '../tables/index.ts';
import { textIn } from './body.ts';
import { APART, CHANGES, customerPk, EVENT, HANDS, MERGED } from './keys.ts';
import type { MergedId } from './merged-rows.ts';

/** What is kept of one customer, told apart by the id that it came under. */
export interface Parts {
  /** The id, and those that had been merged into it before. */
  readonly ids: readonly string[];
  /** How each of them came to be hers. */
  readonly merged: readonly MergedId[];
  readonly theirs: Part;
  readonly hers: Part;
  /** Where what came under these ids lies: events, hands, changes. */
  readonly rows: readonly Row[];
}

interface Part {
  readonly events: readonly CustomerEvent[];
  readonly hands: readonly Hand[];
}

/** Undefined when that id was not merged into hers. What was sent under both ids is hers. */
export async function partsOf(customer: string, id: string): Promise<Parts | undefined> {
  const rows = await query('profiles', {
    pk: customerPk(customer),
    from: EVENT,
    to: `${APART}${LAST}`,
    consistent: true,
  });
  const known = rows
    .filter(({ sk }) => sk.startsWith(MERGED))
    .map((row) => ({ merged: JSON.parse(row['body'] as string) as MergedId, through: row['from'] }));
  const own = known.find(({ merged }) => merged.id === id);
  if (own === undefined) return undefined;
  const merged = [own, ...known.filter(({ through }) => through === id)].map((one) => one.merged);
  const ids = merged.map((one) => one.id);
  const cameUnder = (row: Row): boolean =>
    row.sk.startsWith(EVENT)
      ? ids.includes((JSON.parse(textIn(row['body'])) as CustomerEvent).as ?? '')
      : ids.some((one) => row.sk.endsWith(`#${one}`));
  const kept = rows.filter(({ sk }) => [EVENT, HANDS, CHANGES].some((prefix) => sk.startsWith(prefix)));
  const { true: mine = [], false: others = [] } = Object.groupBy(kept, (row) => `${cameUnder(row)}`);
  return { ids, merged, theirs: partIn(mine), hers: partIn(others), rows: mine };
}

const partIn = (rows: readonly Row[]): Part => ({
  events: rows.filter(({ sk }) => sk.startsWith(EVENT)).map((row) => JSON.parse(textIn(row['body'])) as CustomerEvent),
  hands: rows.filter(({ sk }) => sk.startsWith(HANDS)).flatMap((row) => JSON.parse(textIn(row['body'])) as Hand[]),
});
