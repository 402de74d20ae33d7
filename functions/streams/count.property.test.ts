import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTables, lambdaContext, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { journeyTotals, liveNumbers } from '../ports/metrics/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler } from './count.ts';

const MAP = {
  next: { in: { next: 'hello' }, hello: { next: 'split' }, split: { a: null, b: null } },
  entries: [{ node: 'in' }],
} as never;

let tables: LocalTables;
let sdk: SdkCalls;
let journey = 0;
beforeAll(async () => {
  tables = await startTables();
  sdk = watchSdkCalls(documents() as never);
});
afterAll(() => tables.stop());

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** How far one customer came: how many of the writes below happened to her, and which way she took. */
interface Walk {
  readonly writes: number;
  readonly outlet: 'a' | 'b';
  readonly goal: boolean;
}

/** Her stream records, as the enrolments table would give them. */
function recordsOf(name: string, who: number, { writes, outlet, goal }: Walk): DynamoDBRecord[] {
  const passed = (value: string) => ({ M: { outlet: { S: value }, at: { S: '2026-03-01T00:00:00.000Z' } } });
  const image = (rev: number, status: string, at: string | null, path: Image): Image => ({
    pk: { S: `c#${who}` },
    sk: { S: `n#${name}#000001` },
    id: { S: `${name}-${who}-1` },
    journey: { S: name },
    customer: { S: String(who) },
    version: { N: '1' },
    status: { S: status },
    rev: { N: String(rev) },
    at: at === null ? { NULL: true } : { S: at },
    path: { M: path },
  });
  const path1 = { 'in#1': passed('next') };
  const path2 = { ...path1, 'hello#1': passed('next') };
  const images = [
    image(1, 'active', 'hello', path1),
    image(2, 'active', 'split', path2),
    goal ? image(3, 'goal', 'split', path2) : image(3, 'completed', null, { ...path2, 'split#1': passed(outlet) }),
  ].slice(0, writes);
  return images.map((NewImage, index) => ({
    eventName: index === 0 ? 'INSERT' : 'MODIFY',
    dynamodb: { NewImage, ...(index === 0 ? {} : { OldImage: images[index - 1]! }) },
  }));
}

const walk = fc.record({
  writes: fc.integer({ min: 1, max: 3 }),
  outlet: fc.constantFrom('a' as const, 'b' as const),
  goal: fc.boolean(),
});

describe('streams/count', () => {
  it('counts every passage exactly once, however batches are cut, repeated and broken off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(walk, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        async (walks, random) => {
          const name = `j${++journey}`;
          const next = () => random.next().value;
          const queues = walks.map((one, who) => recordsOf(name, who, one));
          const stream: DynamoDBRecord[] = [];
          while (queues.some((queue) => queue.length > 0)) {
            const open = queues.filter((queue) => queue.length > 0);
            stream.push(open[next() % open.length]!.shift()!);
          }
          for (let at = 0; at < stream.length; ) {
            const size = 1 + (next() % 6);
            const batch = stream.slice(Math.max(0, at - (next() % 4)), at + size);
            if (next() % 3 === 0) {
              sdk.breakAt(next() % 3, next() % 2 === 0 ? 'before' : 'after');
              await handler({ Records: batch }, lambdaContext).catch(() => undefined);
              sdk.breakAt(undefined);
            }
            await handler({ Records: batch }, lambdaContext);
            at += size;
          }
          const live = await liveNumbers(name, { version: 1, map: MAP });
          const atLeast = (n: number) => walks.filter(({ writes }) => writes >= n).length;
          const ended = walks.filter(({ writes }) => writes === 3);
          const completed = ended.filter(({ goal }) => !goal);
          expect(live).toMatchObject({ entered: walks.length, active: walks.length - ended.length });
          expect(live.ended).toMatchObject({ completed: completed.length, goal: ended.length - completed.length });
          expect(live.nodes['hello']).toMatchObject({ arrived: walks.length, here: walks.length - atLeast(2) });
          expect(live.nodes['split']).toMatchObject({ arrived: atLeast(2), here: atLeast(2) - ended.length });
          expect((await journeyTotals()).get(name)).toEqual({
            entered: walks.length,
            active: walks.length - ended.length,
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('takes a batch of a hundred passages whose counters do not fit into one transaction', async () => {
    const name = `j${++journey}`;
    const records = Array.from({ length: 100 }, (_, who) =>
      recordsOf(name, who, { writes: 1, outlet: 'a', goal: false }),
    ).flat();
    await handler({ Records: records }, lambdaContext);
    await handler({ Records: records }, lambdaContext);
    expect((await liveNumbers(name, { version: 1, map: MAP })).entered).toBe(100);
  });
});
