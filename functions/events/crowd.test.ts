import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type LocalTables, lambdaContext, startTables } from '../../test/support/local-tables.ts';
import { keptEvents } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler } from './ingest.ts';

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [] }, 0);
});

/** Times that are her events' own, a second apart. */
const viewed = (customer: string, n: number) =>
  tracked(customer, 'Product Viewed', new Date(Date.now() - 3_600_000 + n * 1000).toISOString());
const withTime = (left: number) => ({ ...(lambdaContext as object), getRemainingTimeInMillis: () => left }) as never;

describe('many events at once', () => {
  it('one customer whom forty batches are about at the same moment has every event once, and none comes again', async () => {
    const batches = Array.from({ length: 40 }, (_, batch) =>
      busBatch(Array.from({ length: 5 }, (_, n) => viewed('hot', batch * 5 + n))),
    );
    const answers = await Promise.all(batches.map((batch) => handler(batch, lambdaContext)));
    expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    expect(await keptEvents('hot', '*')).toHaveLength(200);
  });

  it('a customer whose write does not come back in time comes again; the others of the batch are done', async () => {
    const held = Promise.withResolvers<void>();
    const late = /"c#late"/;
    documents().middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'TransactWriteItemsCommand' && late.test(JSON.stringify(args.input))) await held.promise;
          return next(args);
        },
      { step: 'initialize', name: 'hold', override: true },
    );
    try {
      const batch = busBatch([viewed('late', 0), viewed('mei', 0), viewed('late', 1), viewed('li', 0)]);
      const answer = await handler(batch, withTime(4000));
      expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted()).toEqual([
        'message-0',
        'message-2',
      ]);
      expect(await keptEvents('mei', '*')).toHaveLength(1);
      expect(await keptEvents('li', '*')).toHaveLength(1);
      documents().middlewareStack.remove('hold');
      // What was held goes on as well: a container that thaws may do so.
      held.resolve();
      expect(await handler(batch, lambdaContext)).toEqual({ batchItemFailures: [] });
      expect(await keptEvents('late', '*')).toHaveLength(2);
    } finally {
      documents().middlewareStack.remove('hold');
    }
  });
});
