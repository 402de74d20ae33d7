import { randomUUID } from 'node:crypto';
import { type Occurrences, parseExpression } from '../../../shared/schedule-expressions/index.ts';
import type { Arns } from '../arns.ts';
import type { Store } from '../store.ts';
import type { Deliveries } from '../targets/index.ts';
import type { Clock, TimeSource } from '../time-source.ts';
import { openTimers } from '../timers.ts';
import { keyOf, type Schedule, type ScheduleBook } from './schedule-book.ts';

/** Makes schedules happen at their moments, by the stack's clock. */
export interface Firing extends TimeSource {
  /** Sets the clock of a schedule that was made or changed. */
  arm(schedule: Schedule): void;
  disarm(group: string, name: string): void;
}

/** AWS's own limits: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
const ATTEMPTS = 185;
const AGE_SECONDS = 86_400;

export function createFiring(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly arns: Arns;
  readonly book: ScheduleBook;
  readonly deliveries: Deliveries;
}): Firing {
  const { store, clock, arns, book, deliveries } = options;
  const timers = openTimers(store, 'schedule');

  /**
   * The moment after `after`. A rate begins at its StartDate or, without one, at once; a moment that is over already when
   * a one-time schedule is made comes at once, too.
   */
  function moment(schedule: Schedule, after: number): number | undefined {
    const since = schedule.start ?? schedule.createdAt;
    const next = occurrencesOf(schedule)?.next(after, since);
    return next === undefined || (schedule.end !== undefined && next > schedule.end) ? undefined : next;
  }

  function arm(schedule: Schedule): void {
    const key = keyOf(schedule.group, schedule.name);
    const occurrences = occurrencesOf(schedule);
    const now = clock.now();
    const first = occurrences?.once
      ? occurrences.next(Number.NEGATIVE_INFINITY, 0)
      : moment(schedule, Math.max(now, schedule.start ?? now) - 1);
    if (!schedule.enabled || first === undefined) timers.clear(key);
    else timers.set(key, Math.max(first, now));
    clock.changed();
  }

  function fire(schedule: Schedule, at: number, now: number): void {
    const occurrences = occurrencesOf(schedule);
    // Moments that passed while the stack did not run are not made up, except for the first.
    const next = occurrences?.once ? undefined : (laterThan(schedule, at, now) ?? undefined);
    if (next !== undefined) timers.set(keyOf(schedule.group, schedule.name), next);
    else if (schedule.deleteWhenDone) book.drop(schedule.group, schedule.name);
    deliver(schedule, at);
  }
  const laterThan = (schedule: Schedule, at: number, now: number) => {
    const next = moment(schedule, at);
    return next !== undefined && next <= now ? moment(schedule, now) : next;
  };

  function deliver(schedule: Schedule, at: number): void {
    const { target } = schedule;
    const execution = randomUUID();
    const arn = arns.schedule(schedule.group, schedule.name);
    const time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
    const input = String(target['Input'] ?? defaultInput(arns, arn, time))
      .replaceAll('<aws.scheduler.schedule-arn>', arn)
      .replaceAll('<aws.scheduler.scheduled-time>', time)
      .replaceAll('<aws.scheduler.execution-id>', execution)
      .replaceAll('<aws.scheduler.attempt-number>', '1');
    const retry = (target['RetryPolicy'] ?? {}) as { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
    const letters = (target['DeadLetterConfig'] as { Arn?: string } | undefined)?.Arn;
    deliveries.send(
      {
        arn: target.Arn,
        input,
        target,
        id: execution,
        origin: { SCHEDULE_ARN: arn, SCHEDULED_TIME: time, EXECUTION_ID: execution, IS_PAYLOAD_TRUNCATED: 'false' },
        letter: input,
      },
      {
        attempts: retry.MaximumRetryAttempts ?? ATTEMPTS,
        ageSeconds: retry.MaximumEventAgeInSeconds ?? AGE_SECONDS,
        ...(letters !== undefined && { deadLetterArn: letters }),
      },
    );
  }

  return {
    name: 'scheduler',
    nextDue: timers.nextDue,
    fireDue(now) {
      timers.ring(now, (key, at) => {
        const slash = key.indexOf('/');
        const schedule = book.get(key.slice(0, slash), key.slice(slash + 1));
        if (schedule?.enabled) fire(schedule, at, now);
      });
      clock.changed();
    },
    busy: () => false,
    arm,
    disarm: (group, name) => timers.clear(keyOf(group, name)),
  };
}

const occurrencesOf = ({ expression, zone }: Schedule): Occurrences | undefined =>
  parseExpression(expression, { zone });

/** What a target gets when the schedule says nothing. */
const defaultInput = (arns: Arns, arn: string, time: string) =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: arns.aws.account,
    time,
    region: arns.aws.region,
    resources: [arn],
    detail: '{}',
  });
