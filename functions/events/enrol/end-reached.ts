import { endsByExclusion, type Journey, matchesTrigger, passes } from '../../../shared/journey/index.ts';
import { logger } from '../../pipeline.ts';
import { now } from '../../ports/clock/index.ts';
import { type Enrolment, record } from '../../ports/enrolments/index.ts';
import type { Happened } from '../../ports/profiles/index.ts';
import { stopExecution } from '../../ports/states/index.ts';
import type { CustomerView } from './customer.ts';
import { isOfBoth } from './of-both.ts';
import type { Watch } from './watch.ts';

/**
 * Goals first, then exits and who is kept out: ends the enrolment and stops its execution. The row comes first, so that a step which runs
 * at this very moment finds it ended; a crash between the two is made good when the record comes again.
 */
export async function endReached(happened: Happened, customer: CustomerView, watch: Watch): Promise<void> {
  for (const enrolment of await customer.enrolments()) {
    const version = watch.journeys.get(enrolment.journey)?.versions.get(enrolment.version);
    if (version === undefined) continue;
    if (enrolment.end?.cause?.key === happened.key) {
      await stop(enrolment);
      continue;
    }
    if (enrolment.status !== 'active' || !(await concerns(happened, enrolment, customer))) continue;
    const counts = isNewsFor(happened, enrolment);
    if (!counts && passes(happened.happening)) continue;
    const ending = endingOf(version.document, happened, counts);
    if (ending === undefined) continue;
    const { type, name, messageId, at } = happened.cause;
    const cause = { ...(ending.rule && { rule: ending.rule }), type, name, messageId, at, key: happened.key };
    const end = { outcome: ending.outcome, reason: ending.reason, at: now(), cause };
    if ((await record(enrolment, { passed: [], end })) !== 'recorded') {
      customer.forget();
      continue;
    }
    const { at: endedAt, ...rest } = end;
    const ended: Enrolment = { ...enrolment, status: end.outcome, endedAt, end: rest };
    await customer.put(ended);
    await stop(ended);
    logger.info('enrolment-ended', {
      enrolment: enrolment.id,
      outcome: end.outcome,
      rule: ending.rule ?? ending.reason,
    });
  }
}

/** A goal, else an exit, else that she has become one of those who are kept out. */
function endingOf({ goals, exits, entry }: Journey, { happening }: Happened, counts: boolean) {
  const goal = counts ? goals.find(({ on }) => matchesTrigger(on, happening)) : undefined;
  if (goal !== undefined) return { outcome: 'goal' as const, rule: goal.id, reason: goal.name };
  const exit = exits.find(({ on }) => matchesTrigger(on, happening));
  if (exit !== undefined) return { outcome: 'exited' as const, rule: exit.id, reason: exit.name };
  return endsByExclusion(entry.exclude, happening) ? { outcome: 'exited' as const, reason: 'kept-out' } : undefined;
}

/**
 * History that was brought in counts for a passage only as far as it happened after she came in: an order of last year
 * is no conversion. A tag that she turns out to have, or not to have, ends the passage all the same: exits are about
 * who she is now.
 */
export const isNewsFor = ({ quiet, cause }: Happened, { enteredAt }: Enrolment): boolean =>
  !quiet || cause.at >= enteredAt;

/** What let her in, and what was in her state before, cannot end it; nor can what was another id's alone. */
async function concerns(happened: Happened, enrolment: Enrolment, customer: CustomerView): Promise<boolean> {
  if (passes(happened.happening) && happened.cause.messageId === enrolment.cause.messageId) return false;
  return happened.order > enrolment.since && (await isOfBoth(happened, enrolment, customer));
}

function stop({ executionArn, end }: Enrolment): Promise<void> {
  const error = end!.outcome === 'goal' ? 'Pergola.Goal' : 'Pergola.Exit';
  const { key, ...cause } = end!.cause!;
  return stopExecution(executionArn, error, JSON.stringify({ reason: end!.reason, ...cause }));
}
