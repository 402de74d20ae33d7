import { durationSeconds } from '../../../shared/journey/index.ts';
import { type Condition, evaluateOver, eventNeeds } from '../../../shared/rules/index.ts';
import { type Estimate, estimated, everybody } from '../../../shared/segments/index.ts';
import { abreast } from '../../ports/abreast.ts';
import { now, nowMs } from '../../ports/clock/index.ts';
import { keptEvents, type Loaded, loadStates } from '../../ports/profiles/index.ts';
import { sampleOfCustomers, segmentSets } from '../../ports/segments/index.ts';

/** Up to so many customers everybody is asked, and the answer is exact; beyond, so many are chosen as if by lot. */
const SAMPLE = 1000;
/** Queries under way at a time. */
const ABREAST = 24;

/** Of those who match, so many are named. */
const NAMED = 5;

export type Matching = Estimate & {
  readonly customers: number;
  /** Some of those who match. */
  readonly some: readonly string[];
  /** Of the segments that some of them are in: how many. */
  readonly overlaps: readonly (Estimate & { readonly segment: string })[];
};

/** How many customers a condition holds for, as of now, and in which segments they are. */
export async function matching(when: Condition, zone: string): Promise<Matching> {
  const [sample, sets] = await Promise.all([sampleOfCustomers(SAMPLE), segmentSets()]);
  const sampled = sample.items.length;
  // The counters follow a moment later than the rows.
  const customers = sample.all ? sampled : Math.max(everybody(sets), sampled + 1);
  const states = await loadStates(sample.items.map(({ customer }) => customer));
  const hits: Loaded[] = [];
  await abreast([...states.values()], ABREAST, async (customer) => {
    if (await holds(when, customer, zone)) hits.push(customer);
  });
  const held = new Map<string, number>();
  for (const { state } of hits) for (const id of Object.keys(state.segments)) held.set(id, (held.get(id) ?? 0) + 1);
  return {
    ...estimated(hits.length, sampled, customers),
    customers,
    some: hits.slice(0, NAMED).map(({ customer }) => customer),
    overlaps: [...held].map(([segment, n]) => ({ segment, ...estimated(n, sampled, customers) })),
  };
}

async function holds(when: Condition, { customer, state }: Loaded, zone: string): Promise<boolean> {
  const needs = eventNeeds(when);
  const since =
    needs?.within === undefined ? undefined : new Date(nowMs() - durationSeconds(needs.within)! * 1000).toISOString();
  const events = needs === undefined ? [] : await keptEvents(customer, needs.names, since);
  const { traits, tags, segments } = state;
  return evaluateOver(when, { traits, tags, segments, events, now: now(), zone }).holds;
}
