import { durationSeconds, exclusionCondition, opens, refusesAgain } from '../../../shared/journey/index.ts';
import type { HadAtEntry } from '../../../shared/reports/index.ts';
import { type Condition, evaluateOver, eventNeeds } from '../../../shared/rules/index.ts';
import type { Words } from '../../../shared/words.ts';
import { now, nowMs } from '../../ports/clock/index.ts';
import {
  type Enrolment,
  enrolmentId,
  enter,
  executionName,
  keepRefusal,
  type Person,
  pathKey,
  type Refusal,
} from '../../ports/enrolments/index.ts';
import { environment } from '../../ports/environment.ts';
import { type Happened, keptEvents, type Loaded, orderAfter } from '../../ports/profiles/index.ts';
import { executionArn, startExecution } from '../../ports/states/index.ts';
import { onward } from '../../steps/onward.ts';
import type { CustomerView } from './customer.ts';
import { activeInFamily } from './family.ts';
import type { Watch, WatchedJourney } from './watch.ts';

/** Journeys that set tags which start journeys which set tags … end here. */
const MAX_DEPTH = 10;

interface Refused {
  readonly reason: string;
  readonly why?: Words;
  readonly inside?: string;
}

/** Mostly she is let in: her profile is read beside her enrolments, not after them. */
export function foresee({ quiet, happening }: Happened, customer: CustomerView, watch: Watch): void {
  if (quiet) return;
  const asks = [...watch.journeys.values()].some(({ entry: { id }, live: { map } }) =>
    map.entries.some((entry) => opens(id, entry, happening)),
  );
  // Whoever needs it meets the error.
  if (asks) customer.profile().catch(() => {});
}

/** Lets her into every live journey that this starts, or keeps why not. What is quiet starts none. */
export async function letIn(happened: Happened, customer: CustomerView, watch: Watch): Promise<void> {
  if (happened.quiet) return;
  // Another journey need not wait until it is written why this one did not let her in.
  const refusals: Promise<void>[] = [];
  try {
    for (const journey of watch.journeys.values()) {
      const { entry, live } = journey;
      const way = live.map.entries.find((one) => opens(entry.id, one, happened.happening));
      if (way === undefined) continue;
      const refused = await decide(happened, customer, journey, way.node, watch);
      if (refused !== undefined) refusals.push(keepRefusal(refused));
    }
  } finally {
    await Promise.all(refusals);
  }
}

/** Lets her into one journey; or says why not, for the caller to keep. */
async function decide(
  happened: Happened,
  customer: CustomerView,
  journey: WatchedJourney,
  entry: string,
  watch: Watch,
): Promise<Refusal | undefined> {
  const family = journey.live.document.entry.family;
  for (;;) {
    const person = await customer.person();
    const before = person.enrolments.filter((one) => one.journey === journey.entry.id).sort(byEntry);
    const mine = before.find((one) => one.causeKey === happened.key);
    if (mine !== undefined) {
      // This record came before; the start of the execution may be what failed.
      if (mine.status === 'active') await start(mine, entry);
      return undefined;
    }
    const refused =
      (await refusal(happened, customer, journey, before)) ??
      (family === undefined ? undefined : inFamily(family, journey.entry.id, person.enrolments, watch));
    if (refused !== undefined) {
      const { key: causeKey, cause } = happened;
      const { id: name, liveVersion } = journey.entry;
      return {
        customer: person.customer,
        journey: name,
        version: liveVersion!,
        at: now(),
        ...refused,
        cause,
        causeKey,
      };
    }
    const own = before.filter((one) => one.customer === person.customer);
    const n = Math.max(0, ...own.map((one) => one.n)) + 1;
    const had = hadOf(await customer.profile());
    const begun = { ...happened, customer: person.customer, order: orderFor(happened, person) };
    const enrolment = { ...newEnrolment(begun, journey, entry, n), had };
    const answer = await enter(enrolment, person.rev, happened.customer, family !== undefined);
    if (answer === 'refused') return undefined;
    if (answer === 'entered') {
      await customer.put(enrolment, family !== undefined);
      await start(enrolment, entry);
      return undefined;
    }
    customer.forget();
  }
}

/** Where she was let in by what happened under an id that she gave up, all that lies before that is past for her, too. */
function orderFor({ customer, order }: Happened, { joined }: Person): string {
  const since = orderAfter(joined[customer] ?? 0);
  return order > since ? order : since;
}

function inFamily(family: string, id: string, passages: readonly Enrolment[], watch: Watch): Refused | undefined {
  const [other] = activeInFamily(family, id, passages, watch);
  return other && { reason: 'family', inside: other.journey };
}

/** Numbers count the passages of one id; she may have had several. */
const byEntry = (a: Enrolment, b: Enrolment): number =>
  a.customer === b.customer
    ? a.n - b.n
    : a.enteredAt < b.enteredAt
      ? -1
      : a.enteredAt > b.enteredAt
        ? 1
        : a.id < b.id
          ? -1
          : 1;

async function refusal(
  happened: Happened,
  customer: CustomerView,
  { entry, live }: WatchedJourney,
  before: readonly Enrolment[],
): Promise<Refused | undefined> {
  const { reentry, maxEventAge, audience, exclude } = live.document.entry;
  const last = before.at(-1);
  const endedAt =
    before
      .map((one) => one.endedAt ?? '')
      .sort()
      .at(-1) ?? '';
  const since = (instant: string) => (nowMs() - Date.parse(instant)) / 1000;
  if (entry.paused) return { reason: 'paused' };
  if (happened.depth >= MAX_DEPTH) return { reason: 'too-deep' };
  if (maxEventAge !== undefined && since(happened.cause.at) > durationSeconds(maxEventAge)!)
    return { reason: 'too-old' };
  if (before.some(({ status }) => status === 'active')) return { reason: 'active' };
  const again = last && refusesAgain(reentry, Date.parse(endedAt) / 1000, nowMs() / 1000);
  if (again !== undefined) return { reason: again };
  const excluded = exclusionCondition(exclude);
  if (excluded !== undefined) {
    const found = await asked(excluded, customer, live.document.zone);
    if (found.holds) return { reason: 'kept-out', why: found.why };
  }
  if (audience === undefined) return undefined;
  const found = await asked(audience, customer, live.document.zone);
  return found.holds ? undefined : { reason: 'audience', why: found.why };
}

/** How a condition stands for her now. */
async function asked(condition: Condition, customer: CustomerView, journeyZone: string | undefined) {
  const needs = eventNeeds(condition);
  const profile = await customer.profile();
  const { state } = profile;
  const events = await needed(profile.customer, needs);
  const zone = journeyZone ?? environment('TENANT_ZONE');
  const { traits, tags, segments } = state;
  return evaluateOver(condition, { traits, tags, segments, events, now: now(), zone });
}

function needed(customer: string, needs: ReturnType<typeof eventNeeds>) {
  if (needs === undefined) return [];
  const { names, within } = needs;
  const since = within === undefined ? undefined : new Date(nowMs() - durationSeconds(within)! * 1000).toISOString();
  return keptEvents(customer, names, since);
}

/** The values of families are many and say little of an audience; a row has bounds. */
function hadOf({ state: { tags, segments } }: Loaded): HadAtEntry {
  const keys = Object.keys(tags).filter((key) => !key.includes(':'));
  return { tags: keys.slice(0, MOST_TAGS), segments: Object.keys(segments) };
}

const MOST_TAGS = 100;

function newEnrolment(happened: Happened, journey: WatchedJourney, entry: string, n: number): Enrolment {
  const { customer, cause, key, order } = happened;
  const { live, liveArn } = journey;
  const id = enrolmentId(journey.entry.id, customer, n);
  const enteredAt = now();
  const { version } = live;
  const outlet = Object.keys(live.map.next[entry] ?? {})[0] ?? 'next';
  const walker = { customer, enrolment: { id, journey: journey.entry.id, version, enteredAt, cause } };
  const { at, passed } = onward(live, { node: entry, visit: 1, outlet, at: enteredAt }, walker);
  return {
    id,
    n,
    journey: journey.entry.id,
    version,
    customer,
    status: 'active',
    enteredAt,
    cause,
    causeKey: key,
    since: order,
    seen: order,
    depth: happened.depth,
    versionArn: liveArn,
    executionArn: executionArn(liveArn, executionName(id)),
    at,
    path: Object.fromEntries(passed.map((one) => [pathKey(one.node, one.visit), { outlet: one.outlet, at: one.at }])),
    rev: 1,
  };
}

function start({ id, customer, journey, version, versionArn }: Enrolment, entry: string): Promise<void> {
  return startExecution(versionArn, executionName(id), { enrolment: id, customer, journey, version, entry });
}
