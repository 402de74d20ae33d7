import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { belonging, inAll } from '../shared/segments/index.ts';
import { busBatch, tracked } from '../test/support/bus-batch.ts';
import { followLists } from '../test/support/follow-lists.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../test/support/sdk-calls.ts';
import { handler as ingest } from './events/ingest.ts';
import { matching } from './http/segments/matching.ts';
import { loadState } from './ports/profiles/index.ts';
import { putRuleset } from './ports/ruleset/index.ts';
import { censusItem, listSegmentMembers, sampleOfCustomers, segmentSets } from './ports/segments/index.ts';
import { tables as documents, transact } from './ports/tables/index.ts';
import { handler as countSegments } from './streams/count-segments.ts';
import { handler as sweep } from './timers/sweep.ts';

/* From an event to who is in which segment, and how many: against a real database, streams handed over by hand. */
const NOW = '2026-03-01T12:00:00.000Z';
const words = (text: string) => ({ zh: text, en: text });
const segment = (id: string, when: object) => ({ id, name: words(id), goal: words('goal'), when }) as never;
const FAMILY = { id: 'f', name: words('f'), order: ['dormant', 'buyers'] };

let tables: LocalTables;
let sdk: SdkCalls;
beforeAll(async () => {
  tables = await startTables();
  sdk = watchSdkCalls(documents() as never);
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  setClock(NOW);
  const segments = [segment('buyers', { did: { event: 'Order' } }), segment('dormant', { silent: { for: 'P7D' } })];
  await putRuleset({ version: 0, zone: 'UTC', groups: [], tags: [], segments, segmentFamilies: [FAMILY] }, 0);
});

const put = (...details: unknown[]) => ingest(busBatch(details), lambdaContext);
const census = async () => (await tables.rows('segments')).map((row) => [row['customer']?.['S'], names(row)]);
const names = (row: Record<string, Record<string, unknown>>): string[] =>
  (row['segments']?.['L'] as { S: string }[]).map(({ S }) => S);

describe('a segment', () => {
  it('is entered by an event and by time, and its list follows', async () => {
    await put(tracked('mei', 'Order', NOW), tracked('li', 'Visit', NOW));
    expect((await census()).sort()).toEqual([
      ['li', []],
      ['mei', ['buyers']],
    ]);
    await followLists(tables);
    expect(await listSegmentMembers('buyers', undefined, 10)).toEqual({ items: ['mei'] });
    setClock('2026-03-09T00:00:00.000Z');
    await sweep(undefined as never, lambdaContext);
    await followLists(tables);
    expect((await listSegmentMembers('dormant', undefined, 10)).items).toEqual(['li', 'mei']);
    await put(tracked('mei', 'Visit', '2026-03-08T23:00:00.000Z'));
    await followLists(tables);
    expect((await listSegmentMembers('dormant', undefined, 10)).items).toEqual(['li']);
    expect(Object.keys((await loadState('mei')).state.segments)).toEqual(['buyers']);
  });

  it('costs an event that changes none no row and no call more', async () => {
    await put(tracked('mei', 'Order', NOW));
    sdk.reset();
    const before = await tables.rows('segments');
    await put(tracked('mei', 'Visit', NOW));
    expect(sdk.counts()).toEqual({ TransactWriteItems: 1 });
    expect(await tables.rows('segments')).toEqual(before);
  });

  it('is listed page by page, each customer once, in the order of their ids', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `c${String(i).padStart(2, '0')}`);
    for (let i = 0; i < ids.length; i += 10) await put(...ids.slice(i, i + 10).map((id) => tracked(id, 'Order', NOW)));
    await followLists(tables);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSegmentMembers('buyers', cursor, 7);
      seen.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids);
  });
});

/** The stream records of what the census went through. */
function recordsOf(customer: string, sets: readonly (readonly string[])[]): DynamoDBRecord[] {
  const image = (rev: number) => ({
    pk: { S: 'census#0' },
    sk: { S: customer },
    customer: { S: customer },
    rev: { N: String(rev * 3) },
    segments: { L: sets[rev - 1]!.map((S) => ({ S })) },
  });
  return sets.map((_, i) => ({
    eventName: i === 0 ? 'INSERT' : 'MODIFY',
    dynamodb: { NewImage: image(i + 1), ...(i === 0 ? {} : { OldImage: image(i) }) },
  }));
}

const subset = fc.subarray(['a', 'b', 'c']);

describe('the counts', () => {
  it('are exact, however batches are cut, repeated and broken off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(subset, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        async (lives, random) => {
          await tables.empty();
          const next = () => random.next().value;
          const queues = lives.map((sets, who) => recordsOf(`c${who}`, sets));
          const stream: DynamoDBRecord[] = [];
          while (queues.some((queue) => queue.length > 0)) {
            const open = queues.filter((queue) => queue.length > 0);
            stream.push(open[next() % open.length]!.shift()!);
          }
          for (let at = 0; at < stream.length; ) {
            const size = 1 + (next() % 6);
            const batch = stream.slice(Math.max(0, at - (next() % 4)), at + size);
            if (next() % 3 === 0) {
              sdk.breakAt(next() % 2, next() % 2 === 0 ? 'before' : 'after');
              await countSegments({ Records: batch }, lambdaContext).catch(() => undefined);
              sdk.breakAt(undefined);
            }
            await countSegments({ Records: batch }, lambdaContext);
            at += size;
          }
          const sets = await segmentSets();
          const now = lives.map((life) => life.at(-1)!);
          for (const ids of [[], ['a'], ['a', 'b'], ['a', 'b', 'c']]) {
            expect(inAll(sets, ids)).toBe(now.filter((set) => ids.every((id) => set.includes(id))).length);
          }
          const family = { ...FAMILY, order: ['c', 'a'] };
          expect(belonging(sets, family)).toEqual({
            c: now.filter((set) => set.includes('c')).length,
            a: now.filter((set) => set.includes('a') && !set.includes('c')).length,
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('leave out a customer whose row is deleted', async () => {
    const [inserted] = recordsOf('mei', [['a']]);
    await countSegments({ Records: [inserted!] }, lambdaContext);
    const removed = { eventName: 'REMOVE' as const, dynamodb: { OldImage: inserted!.dynamodb!.NewImage! } };
    await countSegments({ Records: [removed] }, lambdaContext);
    await countSegments({ Records: [removed] }, lambdaContext);
    expect(await segmentSets()).toEqual([]);
  });
});

describe('a condition that is being built', () => {
  it('is asked of everybody, exactly, where there are few: their events, traits, tags and segments', async () => {
    await put(
      tracked('a', 'Order', NOW),
      tracked('b', 'Order', NOW),
      tracked('b', 'Visit', NOW),
      tracked('c', 'Visit', NOW),
    );
    const count = (when: object) => matching(when as never, 'UTC');
    expect(await count({ did: { event: 'Visit' } })).toEqual({
      count: 2,
      exact: true,
      customers: 3,
      some: expect.arrayContaining(['b', 'c']),
      overlaps: [{ segment: 'buyers', count: 1, exact: true }],
    });
    expect(await count({ all: [{ segment: 'buyers' }, { did: { event: 'Visit' } }] })).toMatchObject({ count: 1 });
    expect(await count({ not: { segment: 'buyers' } })).toMatchObject({ count: 1, exact: true });
  });

  it('is asked of a thousand where there are many, and the answer says how sure it is', async () => {
    const ids = Array.from({ length: 1500 }, (_, i) => `customer-${i}`);
    for (let i = 0; i < ids.length; i += 100) await transact(ids.slice(i, i + 100).map((id) => censusItem(id, [], 1)));
    // A third of them has ordered; the counters have seen all.
    const buyers = ids.filter((_, i) => i % 3 === 0);
    for (let i = 0; i < buyers.length; i += 10)
      await put(...buyers.slice(i, i + 10).map((id) => tracked(id, 'Order', NOW)));
    const rows = await tables.rows('segments');
    await countSegments(
      { Records: rows.map((NewImage) => ({ eventName: 'INSERT', dynamodb: { NewImage } })) as never },
      lambdaContext,
    );
    const answer = await matching({ did: { event: 'Order' } } as never, 'UTC');
    expect(answer).toMatchObject({ exact: false, sampled: 1000, customers: 1500 });
    if (answer.exact) return;
    expect(answer.low).toBeLessThanOrEqual(500);
    expect(answer.high).toBeGreaterThanOrEqual(500);
    expect(answer.high - answer.low).toBeLessThan(60);
    const sample = await sampleOfCustomers(1000);
    expect(new Set(sample.items.map(({ customer }) => customer)).size).toBe(1000);
  });
});
