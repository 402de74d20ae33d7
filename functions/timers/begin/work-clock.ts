import type { Clock } from '../../../shared/journey/index.ts';
import { known } from '../../http/customer-search.ts';
import { begin, type ClockRow, forgetClock, moveClock } from '../../ports/begins/index.ts';
import type { Loaded } from '../../ports/profiles/index.ts';
import { currentRules } from '../../ports/ruleset/index.ts';
import { listSegmentMembers } from '../../ports/segments/index.ts';
import { listCustomers, listMembers } from '../../ports/tags/index.ts';
import { type EntriesByTime, type EntryByTime, entryKey } from './entries.ts';
import { planFor } from './plan-for.ts';

/** Customers of one page. */
const PAGE = 500;

/**
 * One page of an entry whose moment has come. The page is done first and then noted, under the number of the row: whoever
 * dies in between does it again, and of two at the same one only one goes on.
 */
export async function workClock(clock: ClockRow, entries: EntriesByTime, now: string, page = PAGE): Promise<void> {
  const entry = entries.get(entryKey(clock));
  // Not live any more; what replaced it was planned when it was published.
  if (entry?.made !== clock.made) return void (await forgetClock(clock));
  const cursor = await (entry.clock.of === 'audience'
    ? tellAudience(clock, { ...entry, clock: entry.clock }, page)
    : planEverybody(clock, { ...entry, clock: entry.clock }, page));
  const { dueAt: _, cursor: _done, ...rest } = clock;
  if (cursor !== undefined) return void (await moveClock({ ...clock, cursor }));
  const next = nextOf(entry, clock, now);
  await moveClock({ ...rest, ...(next !== undefined && { dueAt: next }) });
}

type Of<K extends Clock['of']> = EntryByTime & { readonly clock: Extract<Clock, { of: K }> };

/** Moments that came meanwhile are left out: nobody is told twice in a row because something stood still. */
function nextOf({ clock, zone }: EntryByTime, { since }: ClockRow, now: string): string | undefined {
  if (clock.of !== 'audience') return undefined;
  const next = clock.next(Date.parse(now), Date.parse(since), zone);
  return next === undefined ? undefined : new Date(next).toISOString();
}

/** @returns the cursor of the next page */
async function tellAudience(
  { cursor, dueAt }: ClockRow,
  entry: Of<'audience'>,
  size: number,
): Promise<string | undefined> {
  const { journey, node, type, clock, paused } = entry;
  if (paused) return undefined;
  const at = dueAt as string;
  const page = await audience(clock.audience, cursor, size);
  const cause = { type, name: clock.name, at };
  await begin(
    page.customers.map(({ customer, version }) => ({ customer, version, occasion: at, journey, node, cause })),
  );
  return page.cursor;
}

/** A page of who is in the audience now; the lists find them, their states have the last word. */
async function audience(
  wanted: Of<'audience'>['clock']['audience'],
  cursor: string | undefined,
  size: number,
): Promise<{ customers: readonly Loaded[]; cursor?: string }> {
  if ('segment' in wanted) {
    const page = await listSegmentMembers(wanted.segment, cursor, size);
    const inside = (await known(page.items)).filter(({ state }) => wanted.segment in state.segments);
    return { ...page, customers: inside };
  }
  const { tag } = wanted;
  const { families } = await currentRules();
  const page = await listMembers(tag, families, cursor, size);
  const holds = ({ state }: Loaded) => Object.keys(state.tags).some((key) => key === tag || key.startsWith(`${tag}:`));
  return { ...page, customers: (await known([...new Set(page.items)])).filter(holds) };
}

/** Newly published: the moments of those who have the date already. Later ones are planned when it comes. */
async function planEverybody({ cursor }: ClockRow, entry: Of<'customer'>, size: number): Promise<string | undefined> {
  const page = await listCustomers('', cursor, size);
  await Promise.all((await known(page.items)).map((one) => planFor(one, entry)));
  return page.cursor;
}
