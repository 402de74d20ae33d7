import { CommandError } from '../command.ts';
import { NO_STACK, type StackClient } from '../stack-client.ts';
import type { ReplayClock } from './put-in-time-order.ts';

/** After Ctrl-C nobody wants to wait for a stack that is busy: what was asked of it, it does all the same. */
const LAST_WORD_MS = 3000;

/**
 * Gives `work` the stack's clock to move, and lets time run again afterwards, however the work ends: done, failed, or
 * cut off by SIGINT or SIGTERM. A stack that is gone keeps its clock frozen; there is nobody to tell.
 *
 * @returns the exit code: 0, or 128 + the signal's number
 */
export async function withHeldClock(
  stack: StackClient,
  work: (clock: ReplayClock, signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const stop = new AbortController();
  const cut = Promise.withResolvers<number>();
  const onSignal = (_name: string, number: number): void => {
    if (stop.signal.aborted) process.exit(128 + number);
    stop.abort();
    cut.resolve(128 + number);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    // Once cut off, no further move is asked for: letting time run is then the last thing that the stack hears.
    return await Promise.race([cut.promise, work(stackClock(stack, stop.signal), stop.signal).then(() => 0)]);
  } finally {
    const letRun = stack.post('/_local/clock', { freeze: false }).catch((error: unknown) => {
      if (!(error instanceof CommandError) || error.code !== NO_STACK) throw error;
    });
    await (stop.signal.aborted ? Promise.race([letRun, later(LAST_WORD_MS)]) : letRun);
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** @param signal once aborted, no move is asked for any more */
export function stackClock(stack: StackClient, signal?: AbortSignal): ReplayClock {
  return {
    now: async () => Date.parse((await stack.get<{ now: string }>('/_local/clock')).now),
    async moveTo(instant) {
      signal?.throwIfAborted();
      await stack.post('/_local/clock', { to: instant, freeze: true });
    },
  };
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
