import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { beforeAll, describe, expect, test } from 'vitest';
import { type OrderLine, type OrdersRead, orderCollector } from '../../shared/events/adapters/online-retail.ts';
import { type CustomerEvent, parseEvent } from '../../shared/events/index.ts';
import { advance, emptyState } from '../../shared/profile/index.ts';
import { compileRuleset, parseRuleset } from '../../shared/tags/index.ts';

const FILE = fileURLToPath(new URL('../../../shared/data/online-retail/2010-12_2011-03.csv.gz', import.meta.url));
const RULES = fileURLToPath(new URL('./online-retail.tags.json', import.meta.url));
const END = '2011-04-01T00:00:00.000Z';
const DAY = 86_400_000;

/** Counted straight from the file by those who gave it. */
const COUNTS = {
  'retail:bought': 2134,
  'retail:orders-2': 888,
  'retail:orders-4': 284,
  'retail:spent-1000': 465,
  'retail:average-500': 413,
  'retail:3-in-7d': 5,
  'retail:3-in-7d-ever': 68,
  'retail:silent-7d': 1852,
  'retail:silent-15d': 1551,
  'retail:silent-30d': 1193,
  'retail:silent-7d-ever': 2047,
  'retail:silent-15d-ever': 1897,
  'retail:returned-30d': 615,
  'retail:two-days-running': 46,
};

const here = existsSync(FILE);
if (!here) console.warn(`Left out: the Online Retail orders are not at ${FILE}`);

describe.skipIf(!here)('four months of real orders', () => {
  let read: OrdersRead;
  let events: CustomerEvent[];
  const parsed = parseRuleset(JSON.parse(readFileSync(RULES, 'utf8')));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const rules = compileRuleset(parsed.ruleset);

  beforeAll(async () => {
    const collector = orderCollector();
    const lines = createReadStream(FILE)
      .pipe(createGunzip())
      .pipe(parse({ columns: true, relax_quotes: true }));
    for await (const line of lines) collector.add(line as OrderLine);
    read = collector.finish();
    events = read.messages.map((message) => {
      const event = parseEvent(message, { time: END }, END);
      if (!event.ok) throw new Error(JSON.stringify(event.diagnostics));
      return event.event;
    });
  });

  test('are one event for each invoice; lines without customer are counted', () => {
    expect(read).toMatchObject({ lines: 142_083, orders: 4706, refunds: 1059 });
    expect(read.linesWithoutCustomer).toBeGreaterThan(0);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  test('give exactly the tags that were counted, when each order comes at its time', () => {
    expect(count(events, (event) => event.at)).toEqual(COUNTS);
  });

  test('give the same tags when all come at the end, and when the days are shuffled and everything is sent twice', () => {
    expect(count(events, () => END)).toEqual(COUNTS);
    const shuffled = events
      .flatMap((event, i) => [0, 1].map((copy) => ({ event, key: `${event.at.slice(0, 10)} ${hash(`${i}.${copy}`)}` })))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ event }) => event);
    const endOfDay = (event: CustomerEvent) => new Date(Date.parse(event.at.slice(0, 10)) + DAY).toISOString();
    expect(count(shuffled, endOfDay)).toEqual(COUNTS);
  });

  /** Advances each customer event by event, then to the end; how many have each tag. */
  function count(list: readonly CustomerEvent[], clock: (event: CustomerEvent) => string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [customer, own] of Map.groupBy(list, (event) => event.customer)) {
      let state = emptyState(customer);
      for (const event of own) state = advance(state, [{ type: 'event', event }], rules, clock(event)).state;
      state = advance(state, [{ type: 'time' }], rules, END).state;
      for (const key of Object.keys(state.tags)) counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }
});

/** A fixed scatter, so that a failure can be looked at again. */
function hash(text: string): string {
  let h = 7;
  for (const char of text) h = Math.imul(h ^ char.charCodeAt(0), 2654435761) >>> 0;
  return h.toString(36).padStart(7, '0');
}
