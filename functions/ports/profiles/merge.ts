import type { CustomerEvent } from '../../../shared/events/index.ts';
import {
  type Cause,
  type Change,
  emptyState,
  type Half,
  isOfStage,
  type Merged,
  mergeHalves,
} from '../../../shared/profile/index.ts';
import type { Rules } from '../ruleset/index.ts';
import { censusItem, leavesCensus, segmentMemberItem } from '../segments/index.ts';
import { query, type Row, type TransactItem, tableName, transact, writeAll } from '../tables/index.ts';
import { memberItem } from '../tags/members.ts';
import { bodyOf, textIn } from './body.ts';
import { allKept, sameKeys, stateItem } from './commit.ts';
import { unexpected } from './expected.ts';
import { CHANGES, changesSk, customerPk, EVENT } from './keys.ts';
import { moveRows } from './move-rows.ts';
import { type Loaded, loadRows, type RememberedStops, remember } from './states.ts';

/**
 * Finishes a merge that join() began: the other id's rows move to the survivor, her state is made of both, and the
 * merge is over. It can break off anywhere and be done again, by several at a time: rows are moved to keys that follow
 * from what they are, and the one transaction that counts goes through only for the state as it was read.
 *
 * @param survivor as it was read, with `identity.merging`
 */
export async function finishMerge(survivor: Loaded, rules: Rules, now: string): Promise<void> {
  const { customer, version, identity } = survivor;
  const { merging } = identity;
  if (merging === undefined) return;
  unexpected(customer);
  await moveRows(merging.id, customer);
  const [other, kept] = await Promise.all([
    loadRows([merging.id]).then((rows) => rows.get(merging.id)!),
    query('profiles', { pk: customerPk(customer), prefix: EVENT, consistent: true }),
  ]);
  await writeAll([
    ...Object.keys(other.state.tags).map((key) => memberItem(merging.id, key, undefined, rules.families)),
    ...Object.keys(other.state.segments).map((segment) => segmentMemberItem(merging.id, segment, undefined)),
  ]);
  const cause: Cause = {
    by: 'merge',
    ref: merging.id,
    messageId: merging.messageId,
    eventName: merging.event,
    depth: 0,
  };
  const halves = (theirs: boolean): readonly CustomerEvent[] =>
    kept.filter(({ from }) => (from === merging.id) === theirs).map(eventOf);
  const merged = mergeHalves(
    half(survivor, halves(false)),
    half(other, halves(true)),
    await stageOf(survivor, other),
    cause,
    rules.compiled,
    now,
  );
  const { segments } = merged.state;
  const { merging: _, ...rest } = identity;
  const next: Loaded = {
    customer,
    version: version + 1,
    state: merged.state,
    stops: stopsOf(survivor.stops, other.stops),
    identity: { ...rest, born: Math.min(identity.born, other.identity.born) },
    ...(merged.dueAt === undefined ? {} : { due: merged.dueAt }),
  };
  const { due: _due, ...emptied } = other;
  const items = [
    stateItem(next, version),
    stateItem({ ...emptied, version: other.version + 1, state: emptyState(merging.id) }, other.version),
    leavesCensus(merging.id),
    ...(sameKeys(Object.keys(segments), survivor.state.segments)
      ? []
      : [censusItem(customer, Object.keys(segments), next.version)]),
    ...changeRows(customer, next.version, merged, merging.quiet, now),
  ];
  // When it does not go through, somebody else has finished it.
  await transact(items);
}

const eventOf = (row: Row): CustomerEvent => JSON.parse(textIn(row['body'])) as CustomerEvent;

const half = (loaded: Loaded, events: readonly CustomerEvent[]): Half => ({
  state: loaded.state,
  events,
  complete: allKept(loaded),
});

/** The stage that was set last by either of the two; their records have been brought together. */
async function stageOf({ customer, state: { stage } }: Loaded, { state: { stage: theirs } }: Loaded) {
  if (stage === undefined || theirs === undefined || stage === theirs) return stage ?? theirs;
  const rows = await query('profiles', { pk: customerPk(customer), prefix: CHANGES, consistent: true });
  const stages = rows.flatMap((row) => JSON.parse(textIn(row['body'])) as Change[]).filter(isOfStage);
  return stages.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).at(-1)?.to ?? stage;
}

function stopsOf(a: RememberedStops, b: RememberedStops): RememberedStops {
  const names = a.names.filter((name) => b.names.includes(name));
  return remember({ names, events: {} }, [...Object.values(a.events), ...Object.values(b.events)]);
}

/** What is news in one row, what is none in another, which starts no journeys. */
function changeRows(customer: string, version: number, { news, taken }: Merged, quiet: boolean, now: string) {
  const row = (list: readonly Change[], mark: string, silent: boolean): TransactItem[] =>
    list.length === 0
      ? []
      : [
          {
            Put: {
              TableName: tableName('profiles'),
              Item: {
                pk: customerPk(customer),
                sk: `${changesSk(now, version)}${mark}`,
                body: bodyOf(JSON.stringify(list)),
                version,
                ...(silent ? { quiet: true } : {}),
              },
            },
          },
        ];
  return [...row(taken, '#taken', true), ...row(news, '', quiet)];
}
