import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ruleset } from '../../../shared/tags/index.ts';
import { busBatch } from '../../../test/support/bus-batch.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../../test/support/sdk-calls.ts';
import { handler as ingest } from '../../events/ingest.ts';
import { advanceCustomer, customerPk, loadRows, type Told, textIn, toldIn } from '../profiles/index.ts';
import { currentRules, putRuleset } from '../ruleset/index.ts';
import { tables as documents, query } from '../tables/index.ts';
import { keepLists } from './keep-lists.ts';

const words = (text: string) => ({ zh: text, en: text });
const orders = (value: number) => ({ did: { event: 'Order', count: { op: 'gte' as const, value } } });
const RULES: Ruleset = {
  version: 0,
  zone: 'UTC',
  groups: [{ id: 'level', name: words('level'), levels: ['new', 'regular'] }],
  tags: [
    { key: 'friend', name: words('friend'), category: 'basic', manual: true },
    { key: 'new', name: words('new'), category: 'value', group: 'level', when: orders(1) },
    { key: 'regular', name: words('regular'), category: 'value', group: 'level', when: orders(2) },
    {
      key: 'seen',
      name: words('seen'),
      category: 'behaviour',
      family: { by: 'properties.sku', bound: 3 },
      when: orders(1),
    },
  ],
  segments: [{ id: 'friends', name: words('friends'), goal: words('more'), when: { tag: 'friend' } }],
};
const NOW = Date.parse('2026-03-02T00:00:00.000Z');

let tables: LocalTables;
let sdk: SdkCalls;
let run = 0;
beforeAll(async () => {
  tables = await startTables();
  await putRuleset(RULES, 0);
  sdk = watchSdkCalls(documents() as never);
});
afterAll(() => tables.stop());

const WHO = ['mei', 'phone', 'li'] as const;
const step = fc.oneof(
  fc.record({
    type: fc.constant('hand' as const),
    who: fc.nat(2),
    op: fc.constantFrom('add' as const, 'remove' as const),
  }),
  fc.record({ type: fc.constant('order' as const), who: fc.nat(2), sku: fc.nat(4) }),
  fc.record({ type: fc.constant('merge' as const) }),
  // Some of what was told by then comes (again), in this cut; `beside` at the same time.
  fc.record({
    type: fc.constant('deliver' as const),
    from: fc.nat(),
    size: fc.integer({ min: 1, max: 6 }),
    beside: fc.option(fc.nat()),
    crash: fc.option(fc.record({ n: fc.nat(3), when: fc.constantFrom('before' as const, 'after' as const) })),
  }),
);

const message = (id: string, userId: string | undefined, n: number, more: object) => ({
  messageId: `${id}-${n}`,
  ...(userId === undefined ? { anonymousId: id } : { userId }),
  timestamp: new Date(NOW).toISOString(),
  ...more,
});

/** Who the lists say is in them, of these ids; and what their states say. */
async function listed(ids: readonly string[]) {
  const rows = await tables.rows('tags');
  const text = (row: (typeof rows)[number], name: string) => String(row[name]?.['S'] ?? '');
  const lists = rows
    .filter((row) => /^(tag|in)#/.test(text(row, 'pk')) && ids.includes(text(row, 'customer')))
    .map((row) => `${text(row, 'pk').replace(/^(in#.*)#\d$/, '$1')} ${text(row, 'sk')}`);
  const states = [...(await loadRows(ids))].flatMap(([id, { identity, state }]) =>
    identity.into !== undefined
      ? []
      : [
          ...Object.keys(state.tags).map((key) =>
            key.startsWith('seen:') ? `tag#seen ${key.slice(5)}#${id}` : `tag#${key} ${id}`,
          ),
          ...Object.keys(state.segments).map((key) => `in#${key} ${id}`),
        ],
  );
  return { lists: lists.sort(), states: states.sort() };
}

/** What the history of these ids keeps, whether or not the events are still there: once each, under whoever she is now. */
async function historyOf(ids: readonly string[]): Promise<string[]> {
  const rows = await Promise.all(ids.map((id) => query('profiles', { pk: customerPk(id), prefix: 'h#' })));
  return rows
    .flat()
    .map((row) => textIn(row['body']))
    .sort();
}

describe('the lists of who has which tag and who is in which segment, and what history keeps', () => {
  it('are exactly what the states say in the end: in any cut, repetition, order and crash, side by side, over merges', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
        run++;
        const ids = WHO.map((who) => `${who}-${run}`);
        const rules = await currentRules();
        const told: Told[] = [];
        const waiting = new Set<Told>();
        const known = new Set<string>();
        const look = async () => {
          const rows = await Promise.all(ids.map((id) => query('profiles', { pk: customerPk(id), consistent: true })));
          for (const one of rows.flat().flatMap((row) => toldIn(row) ?? [])) {
            const name = `${one.customer} ${one.key}`;
            if (known.has(name)) continue;
            known.add(name);
            told.push(one);
            waiting.add(one);
          }
        };
        const deliver = async (batch: readonly Told[]) => {
          await keepLists(batch);
          for (const one of batch) waiting.delete(one);
        };
        for (const [n, one] of steps.entries()) {
          const at = new Date(NOW + n * 60_000).toISOString();
          setClock(at);
          const id = 'who' in one ? ids[one.who]! : '';
          if (one.type === 'hand') {
            const inputs = [{ type: 'tag' as const, op: one.op, key: 'friend', cause: 'ling' }];
            await advanceCustomer(id, { inputs }, rules, at);
          } else if (one.type === 'order') {
            const anonymous = id === ids[1];
            const properties = { sku: `s${one.sku}` };
            const order = message(id, anonymous ? undefined : id, n, { type: 'track', event: 'Order', properties });
            await ingest(busBatch([{ ...order, timestamp: at }]), lambdaContext);
          } else if (one.type === 'merge') {
            const both = message(ids[1]!, ids[0], n, { type: 'identify', anonymousId: ids[1] });
            await ingest(busBatch([{ ...both, timestamp: at }]), lambdaContext);
          } else if (told.length > 0) {
            const cut = (from: number) => told.slice(from % told.length, (from % told.length) + one.size);
            const batches = [cut(one.from), ...(one.beside === null ? [] : [cut(one.beside)])];
            if (one.crash !== null) sdk.breakAt(one.crash.n, one.crash.when);
            const done = await Promise.allSettled(batches.map(deliver));
            sdk.breakAt(undefined);
            // A batch that broke off comes again, whoever else has taken the same in meanwhile.
            for (const [i, { status }] of done.entries())
              if (status === 'rejected') for (const told of batches[i]!) waiting.add(told);
          }
          await look();
        }
        // What was taken in at least once is done; the rest comes, each in its order but in whatever cut.
        for (const one of [...waiting].reverse()) await deliver([one]);
        const { lists, states } = await listed(ids);
        expect(lists).toEqual(states);
        expect(await historyOf(ids)).toEqual(told.map(({ changes }) => JSON.stringify(changes)).sort());
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
