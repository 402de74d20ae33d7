import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableRecord } from '../tables/index.ts';
import {
  addTally,
  bringChunks,
  type Chunk,
  chunkBody,
  chunksOf,
  emptyTally,
  IMPORT_KINDS,
  type LineRange,
  mapColumns,
  outcomesOf,
  type Tally,
  tallyOutcome,
} from './index.ts';

const HEADINGS = ['订单号', '会员ID', '下单时间', '金额'];
const orders = IMPORT_KINDS.find(({ id }) => id === 'orders')!;
const { mapping } = mapColumns(orders, HEADINGS, {});
const context = { zone: 'Asia/Shanghai', asOf: '2026-12-01T00:00:00Z', startJourneys: false };
const plan = { kind: orders, headings: HEADINGS, mapping, context: { ...context, tagKey: () => undefined } };

/** Orders of one to three lines, some of them twice, apart, or wrong; now and then a line that cannot be read. */
const file = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1, max: 12 }),
      lines: fc.integer({ min: 1, max: 3 }),
      amount: fc.constantFrom('1', '2', '三'),
      broken: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((list) => {
    let line = 1;
    const records: TableRecord[] = [{ line, cells: HEADINGS }];
    for (const { number, lines, amount, broken } of list) {
      for (let i = 0; i < lines; i++) {
        line++;
        records.push({ line, cells: [`A${number}`, 'u_1', '2026-01-05', `${amount}${i === 2 ? '0' : ''}`] });
        if (broken && i === 0) records.push({ line: ++line, broken: 'quotes' });
      }
    }
    return records;
  });

async function* given(records: readonly TableRecord[]): AsyncGenerator<TableRecord> {
  yield* records;
}
const chunked = async (records: readonly TableRecord[], lines: number, done: readonly LineRange[] = []) => {
  const isDone = (line: number) => done.some(({ from, to }) => from <= line && line <= to);
  const chunks: Chunk[] = [];
  for await (const chunk of chunksOf(given(records), plan, { lines, isDone })) chunks.push(chunk);
  return chunks;
};
/** What the API makes of a chunk. */
function taken(chunk: Chunk): Tally {
  const { rows, refused, repeated } = chunkBody(chunk);
  const tally = emptyTally();
  for (const outcome of outcomesOf(plan, rows)) tallyOutcome(tally, outcome);
  for (const { rows: wrong, problems } of refused)
    tallyOutcome(tally, { lines: wrong.map(({ line }) => line), problems });
  tally.rows += repeated;
  tally.repeated += repeated;
  return tally;
}
function sum(tallies: readonly Tally[]): Tally {
  const all = emptyTally();
  for (const tally of tallies) addTally(all, tally);
  return all;
}

describe('a file cut into chunks', () => {
  it('gives what the whole file gives, however it is cut, interrupted and gone on with in other chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.boolean()),
        async (records, first, second, done) => {
          const whole = emptyTally();
          for (const { outcomes } of await chunked(records, 10_000)) {
            for (const outcome of outcomes) tallyOutcome(whole, outcome);
          }
          const before = (await chunked(records, first)).filter(() => done.next().value);
          const after = await chunked(records, second, before);
          expect(sum([...before, ...after].map(taken))).toEqual(whole);
          const lines = [...before, ...after].sort((a, b) => a.from - b.from);
          let last = 0;
          for (const { from, to } of lines) {
            expect(from).toBe(last + 1);
            last = to;
          }
          if (lines.length > 0) expect(last).toBe(records.at(-1)!.line);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is handed over a few chunks at once, and not on after one that fails', async () => {
    const records: TableRecord[] = Array.from({ length: 101 }, (_, i) => ({
      line: i + 1,
      cells: i === 0 ? HEADINGS : [`B${i}`, 'u_1', '2026-01-05', '1'],
    }));
    let [now, most] = [0, 0];
    const seen: number[] = [];
    const take = async ({ from }: Chunk) => {
      most = Math.max(most, ++now);
      seen.push(from);
      await Promise.resolve();
      now--;
      if (from > 50) throw new Error(`at ${from}`);
    };
    const isDone = () => false;
    const chunks = () => chunksOf(given(records), plan, { lines: 5, isDone });
    await expect(bringChunks(chunks(), { take, stopped: () => false, atOnce: 3 })).rejects.toThrow('at 5');
    expect(most).toBeLessThanOrEqual(3);
    expect(Math.max(...seen)).toBeLessThan(80);
    seen.length = 0;
    await bringChunks(chunks(), { take, stopped: () => seen.length >= 2 });
    expect(seen).toHaveLength(2);
  });
});
