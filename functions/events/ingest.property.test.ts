import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ruleset } from '../../shared/tags/index.ts';
import { busBatch } from '../../test/support/bus-batch.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { keptEvents, loadState } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler } from './ingest.ts';

const words = (text: string) => ({ zh: text, en: text });
const RULES: Ruleset = {
  version: 0,
  zone: 'Asia/Shanghai',
  groups: [{ id: 'level', name: words('level'), levels: ['new', 'regular'] }],
  tags: [
    { key: 'new', name: words('new'), category: 'value', group: 'level', when: { did: { event: 'Order' } } },
    {
      key: 'regular',
      name: words('regular'),
      category: 'value',
      group: 'level',
      when: { did: { event: 'Order', count: { op: 'gte', value: 2 } } },
    },
    {
      key: 'busy',
      name: words('busy'),
      category: 'behaviour',
      when: { did: { event: 'Visit', within: 'PT2H', count: { op: 'gte', value: 2 } } },
    },
    {
      key: 'was-busy',
      name: words('was busy'),
      category: 'behaviour',
      sticky: true,
      when: { did: { event: 'Visit', within: 'PT2H', count: { op: 'gte', value: 2 } } },
    },
  ],
};
const NOW = '2026-03-02T00:00:00.000Z';

let tables: LocalTables;
let sdk: SdkCalls;
let customer = 0;
beforeAll(async () => {
  tables = await startTables();
  await putRuleset(RULES, 0);
  setClock(NOW);
  sdk = watchSdkCalls(documents() as never);
});
afterAll(() => tables.stop());

interface Draft {
  readonly name: 'Order' | 'Visit';
  readonly minute: number;
}

const message = (id: string, { name, minute }: Draft, index: number) => ({
  type: 'track',
  messageId: `m${index}`,
  userId: id,
  event: name,
  timestamp: new Date(Date.parse(NOW) - minute * 60_000).toISOString(),
});

/** As the queue does: what was not taken in comes again, until it is. */
async function deliver(details: readonly unknown[]): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const answer = await handler(busBatch(details), lambdaContext).catch(() => undefined);
    if (answer !== undefined && answer.batchItemFailures.length === 0) return;
  }
  throw new Error('The batch never got through');
}

const outcome = async (id: string) => ({
  tags: (await loadState(id)).state.tags,
  events: (await keptEvents(id, '*')).map(({ id: message, at }) => `${at} ${message}`),
});

const drafts = fc.array(
  fc.record({ name: fc.constantFrom('Order' as const, 'Visit' as const), minute: fc.integer({ min: 0, max: 600 }) }),
  { minLength: 1, maxLength: 8 },
);
const crash = fc.record({
  n: fc.integer({ min: 0, max: 4 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

describe('events/ingest, whatever happens on the way', () => {
  it('gives the same tags and the same kept events in any order, batch, repetition and crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        drafts,
        fc.infiniteStream(fc.nat()),
        fc.array(crash, { maxLength: 4 }),
        async (list, random, crashes) => {
          const [plain, rough] = [`plain-${++customer}`, `rough-${customer}`];
          sdk.breakAt(undefined);
          const inOrder = list.map((draft, index) => message(plain, draft, index));
          inOrder.sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
          for (const one of inOrder) await deliver([one]);

          const next = () => random.next().value;
          const shuffled = [...list, ...list.filter(() => next() % 2 === 0)]
            .map((draft) => ({ at: next(), one: message(rough, draft, list.indexOf(draft)) }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
          for (let i = 0; i < shuffled.length; ) {
            const size = 1 + (next() % 4);
            const broken = crashes.pop();
            if (broken !== undefined) sdk.breakAt(broken.n, broken.when);
            await deliver(shuffled.slice(i, i + size));
            i += size;
          }
          sdk.breakAt(undefined);
          expect(await outcome(rough)).toEqual(await outcome(plain));
        },
      ),
      { numRuns: 40 },
    );
  });
});
