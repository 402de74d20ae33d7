import type { LinkRule } from '../../../shared/events/index.ts';
import { LAST, query, type Row, type TransactItem, tableName } from '../tables/index.ts';
import { APART, apartSk, customerPk, MERGED, mergedSk } from './keys.ts';

/** That an id was merged into a customer: when, by which message, by which rule. */
export interface MergedId {
  readonly id: string;
  readonly rule: LinkRule;
  /** ISO 8601, UTC: when it was done. */
  readonly at: string;
  readonly messageId: string;
  readonly event: string;
  /** It had no past: there was nothing to bring together. */
  readonly empty?: true;
  readonly quiet?: true;
  /** Who separated it from another customer, where somebody did, and from whom. */
  readonly by?: string;
  readonly was?: string;
}

/** That a message named an id beside hers which is somebody else's: nothing was merged. */
export interface ApartId extends Omit<MergedId, 'empty' | 'quiet' | 'was'> {
  /** Whose it is. */
  readonly owner: string;
}

/** @param version of her state: what comes later happens to both ids, what came before to one of them */
export const mergedItem = (customer: string, merged: MergedId, version: number): TransactItem => ({
  Put: {
    TableName: tableName('profiles'),
    Item: { pk: customerPk(customer), sk: mergedSk(merged.id), body: JSON.stringify(merged), version },
  },
});

export const apartItem = (customer: string, apart: ApartId): TransactItem => ({
  Put: {
    TableName: tableName('profiles'),
    Item: { pk: customerPk(customer), sk: apartSk(apart.id), body: JSON.stringify(apart) },
  },
});

/** What a row says was merged just now; nothing for other rows, and for one that came along with an id merged later. */
export const mergedIn = (row: { readonly sk: string; readonly body?: unknown; readonly from?: unknown }) =>
  row.sk.startsWith(MERGED) && row.from === undefined && typeof row.body === 'string'
    ? (JSON.parse(row.body) as MergedId)
    : undefined;

/** How this customer came to be one: the ids that were merged, and those that were not. `through`: with which other id. */
export async function identityOf(customer: string) {
  const rows = await query('profiles', { pk: customerPk(customer), from: MERGED, to: `${APART}${LAST}` });
  const read = <T>(prefix: string) =>
    rows.filter(({ sk }) => sk.startsWith(prefix)).map((row) => ({ ...bodyOf<T>(row), ...through(row) }));
  return { merged: read<MergedId>(MERGED), apart: read<ApartId>(APART) };
}

const bodyOf = <T>(row: Row): T => JSON.parse(row['body'] as string) as T;
const through = ({ from }: Row): { through?: string } => (from === undefined ? {} : { through: from as string });
