import { movedBy, segmentChanged, tagChanged } from '../../../shared/profile/index.ts';
import { type Loaded, loadRows, type Told } from '../profiles/index.ts';
import { rulesOf } from '../ruleset/index.ts';
import { segmentMemberItem } from '../segments/index.ts';
import { type Row, type TransactItem, tableName, writeAll } from '../tables/index.ts';
import { memberItem } from '../tags/index.ts';

/** A row that follows from a customer's: her place in the list of a tag or of a segment, what her history keeps. */
interface Entry {
  readonly customer: string;
  /** Since when she is in the list (ISO 8601, UTC), or that her history has it; undefined: the row is not to be. */
  readonly since: string | undefined;
  readonly sinceIn: (loaded: Loaded) => string | undefined;
  readonly row: (since: string | undefined) => TransactItem;
}

/**
 * Brings the lists (who has a tag, who is in a segment) to where these changes led, and into her history those that were
 * told in an event's own row.
 *
 * Exact whatever comes twice, late, out of order or at the same time elsewhere: the rows are written as the changes say,
 * and only then the states are read. A row that her state contradicts was written for something that is over: it is
 * written again by the state, and looked at again. So whoever writes a row last has seen, after that, a state that agrees
 * with it; and a change that comes still later has its own record in the stream. Who dies in between is called again.
 */
export async function keepLists(told: readonly Told[]): Promise<void> {
  for (let left = await entriesOf(told); left.length > 0; ) {
    await writeAll(left.map(({ row, since }) => row(since)));
    const rows = await loadRows([...new Set(left.map(({ customer }) => customer))]);
    left = left.flatMap((entry) => {
      const since = entry.sinceIn(rows.get(entry.customer)!);
      return since === entry.since ? [] : [{ ...entry, since }];
    });
  }
}

/** Each place once, as the newest of the changes left it. */
async function entriesOf(told: readonly Told[]): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  for (const { customer, changes, key, copy } of told.toSorted((a, b) => a.version - b.version)) {
    if (copy !== undefined) entries.set(`copy ${key} ${customer}`, { customer, ...historyEntry(copy) });
    for (const change of changes) {
      const moved = movedBy(change);
      if (moved === undefined) continue;
      const began = moved.op === 'added' ? change.at : undefined;
      const [tag, segment] = [tagChanged(change), segmentChanged(change)];
      if (tag !== undefined) {
        const { families } = await rulesOf(moved.rule);
        entries.set(`tag ${tag} ${customer}`, {
          customer,
          since: began,
          sinceIn: (loaded) => own(loaded)?.tags[tag]?.since,
          row: (since) => memberItem(customer, tag, since, families),
        });
      } else if (segment !== undefined) {
        entries.set(`segment ${segment} ${customer}`, {
          customer,
          since: began,
          sinceIn: (loaded) => own(loaded)?.segments[segment]?.since,
          row: (since) => segmentMemberItem(customer, segment, since),
        });
      }
    }
  }
  return [...entries.values()];
}

const THERE = 'there';

/** An id that was merged into another has no history of its own: the merge takes over what its events told. */
const historyEntry = (copy: Row): Omit<Entry, 'customer'> => ({
  since: THERE,
  sinceIn: (loaded) => (own(loaded) === undefined ? undefined : THERE),
  row: (since) =>
    since === undefined
      ? { Delete: { TableName: tableName('profiles'), Key: { pk: copy.pk, sk: copy.sk } } }
      : { Put: { TableName: tableName('profiles'), Item: copy } },
});

/** An id that was merged into another is in no list, though its state may still say what it had. */
const own = ({ identity, state, version }: Loaded): Loaded['state'] | undefined =>
  version === 0 || identity.into !== undefined ? undefined : state;
