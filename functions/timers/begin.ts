import { watchJourneys } from '../events/enrol/watch.ts';
import { pipeline } from '../pipeline.ts';
import { dueClocks, dueDates } from '../ports/begins/index.ts';
import { machineMs, now } from '../ports/clock/index.ts';
import { entriesByTime } from './begin/entries.ts';
import { serveDates } from './begin/serve-dates.ts';
import { workClock } from './begin/work-clock.ts';

/** Entries at once, and customers per shard and round. */
const CLOCKS = 20;
const PER_SHARD = 100;
/** Well inside the timeout; what is left is due still. */
const WORKING_MS = 35_000;

export interface Begun {
  /** True when more is due already: call again. */
  readonly more: boolean;
}

/**
 * Journeys that begin by time: of each entry whose moment has come the audience, page by page; of each customer whose
 * date has come, she. It may die anywhere and run beside another: what was told is told again and not heard twice.
 */
export const handler = pipeline(async (): Promise<Begun> => {
  const until = machineMs() + WORKING_MS;
  for (;;) {
    const at = now();
    const [clocks, dates] = await Promise.all([dueClocks(at, CLOCKS), dueDates(at, PER_SHARD)]);
    if (clocks.length + dates.length === 0) return { more: false };
    const entries = entriesByTime(await watchJourneys());
    await Promise.all([...clocks.map((clock) => workClock(clock, entries, at)), serveDates(dates, entries)]);
    if (machineMs() >= until) return { more: true };
  }
});
