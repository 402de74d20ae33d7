import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf, type Trigger } from '../../shared/journey/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { followLists } from '../../test/support/follow-lists.ts';
import { bodyIn, type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { handler as ingest } from '../events/ingest.ts';
import { clocksOf, dueClocks, dueDates, madeOf, putClock } from '../ports/begins/index.ts';
import { loadState } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { tables as documents, transact } from '../ports/tables/index.ts';
import { type EntriesByTime, entryKey } from './begin/entries.ts';
import { serveDates } from './begin/serve-dates.ts';
import { workClock } from './begin/work-clock.ts';

/*
 * Whatever breaks on the way (a call that never arrives, or whose answer is lost), with pages of any size and two workers
 * at the same time: every customer of the audience is told of every moment, once, and nobody else is.
 */
const ZONE = 'Asia/Shanghai';
const START = Date.parse('2026-03-02T00:00:00.000Z');
const CUSTOMERS = ['an', 'bo', 'chen', 'deng', 'fan', 'guo', 'hu'];
const HOLDERS = ['an', 'chen', 'deng', 'fan', 'hu'];

let tables: LocalTables;
let sdk: SdkCalls;
let n = 0;
beforeAll(async () => {
  tables = await startTables();
  const vip = { key: 'vip', name: { zh: 'VIP', en: 'VIP' }, category: 'value', when: { did: { event: 'Order' } } };
  await putRuleset({ version: 0, zone: ZONE, groups: [], tags: [vip] }, 0);
  setClock(new Date(START).toISOString());
  const at = new Date(START - 60_000).toISOString();
  const born = (id: string, i: number) => [
    tracked(id, HOLDERS.includes(id) ? 'Order' : 'Visit', at),
    {
      type: 'identify',
      userId: id,
      messageId: `born-${id}`,
      timestamp: at,
      traits: { birthday: `19${70 + i}-03-0${3 + (i % 3)}` },
    },
  ];
  await ingest(busBatch(CUSTOMERS.flatMap(born)), lambdaContext);
  await followLists(tables);
  sdk = watchSdkCalls(documents() as never);
});
afterAll(() => tables.stop());

/** A journey that is live with this trigger. */
function live(trigger: Trigger): { entries: EntriesByTime; journey: string; made: string } {
  const journey = `j${++n}`;
  const made = madeOf(trigger, ZONE);
  const place = { journey, node: 'in' };
  const one = { ...place, type: trigger.type, clock: clockOf(trigger)!, zone: ZONE, made, paused: false };
  return { entries: new Map([[entryKey(place), one]]), journey, made };
}

const told = async (journey: string) =>
  (await tables.rows('profiles'))
    .filter(({ sk }) => (sk?.['S'] as string).startsWith('b#') && (sk?.['S'] as string).includes(`#${journey}#`))
    .map((row) => `${(row['pk']?.['S'] as string).slice(2)} ${bodyIn(row).cause.at.slice(0, 16)}`)
    .sort();

const story = fc.record({
  page: fc.integer({ min: 1, max: 8 }),
  breaks: fc.array(fc.record({ n: fc.nat(9), when: fc.constantFrom('before' as const, 'after' as const) }), {
    maxLength: 5,
  }),
  two: fc.boolean(),
});

/** Works until nothing is due, as the minute's calls do. */
async function work(
  { page, breaks, two }: { page: number; breaks: { n: number; when: 'before' | 'after' }[]; two: boolean },
  entries: EntriesByTime,
  now: string,
): Promise<void> {
  const waiting = [...breaks];
  for (let round = 0; round < 60; round++) {
    const broken = waiting.pop();
    sdk.breakAt(broken?.n, broken?.when);
    try {
      const [clocks, dates] = await Promise.all([dueClocks(now, 20), dueDates(now, 3)]);
      if (clocks.length + dates.length === 0 && broken === undefined) return sdk.breakAt(undefined);
      const once = () =>
        Promise.all([...clocks.map((clock) => workClock(clock, entries, now, page)), serveDates(dates, entries)]);
      await Promise.allSettled(two ? [once(), once()] : [once()]);
    } catch {
      // Dead before it had begun; the next minute comes.
    }
  }
  throw new Error('It never came to an end');
}

describe('journeys that begin by time, whatever happens on the way', () => {
  it('tell each of an audience of each moment once, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (how) => {
        const trigger = { type: 'schedule', on: 'cron(0 10 * * ? *)', tag: 'vip' } as const;
        const { entries, journey, made } = live(trigger);
        const clock = { journey, node: 'in', made, since: new Date(START).toISOString(), rev: 1 };
        sdk.breakAt(undefined);
        await transact([putClock({ ...clock, dueAt: '2026-03-02T02:00:00.000Z' })]);
        for (const now of ['2026-03-02T02:00:00.000Z', '2026-03-03T02:00:30.000Z']) {
          setClock(now);
          await work(how, entries, now);
        }
        expect(await told(journey)).toEqual(
          HOLDERS.flatMap((id) => [`${id} 2026-03-02T02:00`, `${id} 2026-03-03T02:00`]).sort(),
        );
        expect((await clocksOf(journey))[0]?.dueAt).toBe('2026-03-04T02:00:00.000Z');
      }),
      { numRuns: 15 },
    );
  });

  it('tell each customer on her date once, those of a newly published journey too', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (how) => {
        const trigger = { type: 'traitDate', trait: 'birthday', days: 0, at: '10:00', every: 'year' } as const;
        const { entries, journey, made } = live(trigger);
        setClock(new Date(START).toISOString());
        sdk.breakAt(undefined);
        const since = new Date(START).toISOString();
        await transact([putClock({ journey, node: 'in', made, since, dueAt: since, rev: 1 })]);
        await work(how, entries, since);
        const want: string[] = [];
        for (const id of CUSTOMERS) {
          const birthday = String((await loadState(id)).state.traits['birthday']);
          want.push(`${id} 2026-${birthday.slice(5)}T02:00`);
        }
        for (const day of ['03', '04', '05', '06']) {
          const now = `2026-03-${day}T02:00:00.000Z`;
          setClock(now);
          await work(how, entries, now);
        }
        expect(await told(journey)).toEqual(want.sort());
        expect((await clocksOf(journey))[0]?.dueAt).toBeUndefined();
        setClock('2027-03-10T00:00:00.000Z');
        const next = (await dueDates('2027-03-10T00:00:00.000Z', 100)).filter((one) => one.journey === journey);
        expect(next.map(({ customer }) => customer).sort()).toEqual(CUSTOMERS);
        await serveDates(next, new Map());
      }),
      { numRuns: 12 },
    );
  });
});
