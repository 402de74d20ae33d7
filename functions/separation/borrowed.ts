import {
  eventsOfTrigger,
  isTrueNow,
  segmentsOfTrigger,
  type Trigger,
  tagsOfTrigger,
} from '../../shared/journey/index.ts';
import type { CustomerState } from '../../shared/profile/index.ts';
import { now } from '../ports/clock/index.ts';
import { type Enrolment, personOf, record } from '../ports/enrolments/index.ts';
import { journeyVersion } from '../ports/journeys/index.ts';
import type { Parts } from '../ports/profiles/index.ts';
import { stopExecution } from '../ports/states/index.ts';

/**
 * Passages that began under an id of hers because of what was not hers: an event of the other one, or a tag or segment
 * that she has no more without the other's events. What she did or has by herself keeps its passage.
 *
 * @param before her state with the events of both
 * @param after with her own alone
 */
export async function borrowedPassages(
  customer: string,
  parts: Parts,
  before: CustomerState,
  after: CustomerState,
): Promise<readonly Enrolment[]> {
  const { enrolments } = await personOf(customer);
  const open = enrolments.filter(({ status, customer: id }) => status === 'active' && !parts.ids.includes(id));
  const borrowed = await Promise.all(
    open.map(async (one) => {
      const triggers = await openedBy(one);
      const so = (events: Parts['hers']['events'], { tags, segments }: CustomerState): boolean => {
        const standing = { tags, segments, events: events.filter(({ id }) => id === one.cause.messageId) };
        return triggers.some((trigger) => isTrueNow(trigger, standing));
      };
      const { hers, theirs } = parts;
      return so([...hers.events, ...theirs.events], before) && !so(hers.events, after);
    }),
  );
  return open.filter((_, place) => borrowed[place]);
}

/** The triggers of her version that may have let her in. */
async function openedBy({ journey, version, cause }: Enrolment): Promise<readonly Trigger[]> {
  const entries = (await journeyVersion(journey, version))?.map.entries ?? [];
  const names = (trigger: Trigger): readonly string[] => [
    ...eventsOfTrigger(trigger),
    ...tagsOfTrigger(trigger),
    ...segmentsOfTrigger(trigger),
  ];
  return entries
    .map(({ trigger }) => trigger)
    .filter((one) => one.type === cause.type && names(one).some((name) => name === cause.name || name === '*'));
}

/** Ends them. Repeatable: what was ended for this separation before is stopped once more. */
export async function endBorrowed(customer: string, borrowed: readonly Enrolment[], to: string): Promise<void> {
  const { enrolments } = await personOf(customer);
  const before = enrolments.filter(({ end }) => end?.reason === REASON && end.cause?.name === to);
  const cause = { type: 'separation' as const, name: to, at: now() };
  for (const one of borrowed) {
    await record(one, { passed: [], end: { outcome: 'exited', reason: REASON, at: now(), cause } });
  }
  for (const { executionArn } of [...before, ...borrowed]) {
    await stopExecution(executionArn, 'Pergola.Exit', JSON.stringify({ reason: REASON, ...cause }));
  }
}

const REASON = 'separated';
