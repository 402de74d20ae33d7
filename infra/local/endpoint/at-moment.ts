import type { IncomingMessage } from 'node:http';
import { DateTime } from 'luxon';
import { ClockError, type StackClock } from '../clock.ts';
import { AwsError } from '../time-source.ts';

/**
 * A call that is to be carried out at its own moment says so in this header (ISO 8601). The clock is moved there first,
 * lazily, and stays there: what a replay does thousands of times takes one call then, and while the stack still works on
 * one event the next call is on its way. A moment that is past already is no reason to wait.
 */
export const MOMENT_HEADER = 'x-pergola-moment';

/** Waits until the clock has come to the moment of the call, if it has one. Throws AwsError. */
export async function atMoment(
  request: Pick<IncomingMessage, 'headers'>,
  clock: Pick<StackClock, 'now' | 'moveTo'>,
): Promise<void> {
  const text = request.headers[MOMENT_HEADER];
  if (text === undefined) return;
  const moment = DateTime.fromISO(String(text), { zone: 'utc' });
  if (!moment.isValid)
    throw new AwsError('ValidationException', `${MOMENT_HEADER}: ${String(text)} is not an ISO 8601 instant.`);
  if (moment.toMillis() <= clock.now()) return;
  await clock.moveTo(moment.toMillis(), { freeze: true, lazy: true }).catch((error: unknown) => {
    throw error instanceof ClockError ? new AwsError('ValidationException', error.message) : error;
  });
}
