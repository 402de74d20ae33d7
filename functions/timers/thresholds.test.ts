import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ruleset, TagDefinition } from '../../shared/tags/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { everythingTold } from '../../test/support/follow-lists.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { handler as ingest } from '../events/ingest.ts';
import { loadState } from '../ports/profiles/index.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler as sweep } from './sweep.ts';
import { handler } from './thresholds.ts';

const ORDER = { event: 'Order Completed', of: 'properties.total' } as const;
const band = (key: string, from: number): TagDefinition => ({
  key,
  name: { zh: key, en: key },
  category: 'value',
  group: 'basket',
  when: { percentile: { measure: 'avg', ...ORDER, from } },
});
/** 低、中、高客单: the lower third, the middle, the upper third. */
const RULES: Ruleset = {
  version: 0,
  zone: 'Asia/Shanghai',
  groups: [{ id: 'basket', name: { zh: '客单价', en: 'Basket' }, levels: ['low', 'middle', 'high'] }],
  tags: [band('low', 0), band('middle', 33.3), band('high', 66.6)],
};
const NOW = '2026-03-01T12:00:00.000Z';
const time = { getRemainingTimeInMillis: () => 60_000 };
const refresh = (context: object = time) => handler({} as never, { ...(lambdaContext as object), ...context } as never);

let tables: LocalTables;
let sdk: SdkCalls;
beforeAll(async () => {
  tables = await startTables();
  sdk = watchSdkCalls(documents() as never);
});
afterAll(() => tables.stop());
beforeEach(async () => {
  setClock(NOW);
  await tables.empty();
  await putRuleset(RULES, 0);
});

async function orders(...totals: number[]): Promise<void> {
  const events = totals.map((total, i) => tracked(`c${i}`, 'Order Completed', NOW, { properties: { total } }));
  for (let i = 0; i < events.length; i += 10) await ingest(busBatch(events.slice(i, i + 10)), lambdaContext);
}
const heldBy = async (customer: string) => Object.keys((await loadState(customer)).state.tags);
const thresholds = async () =>
  (await currentRules()).ruleset.tags.map(({ when }) => (when as { percentile: { threshold?: number } }).percentile);

describe('thresholds of bands', () => {
  it('are found over all customers, put into the rules with their basis, and tags follow', async () => {
    await orders(100, 200, 300, 400, 500, 600, 700, 800, 900);
    expect(await heldBy('c8')).toEqual(['low']);
    expect(await refresh()).toEqual({ done: true, seen: 9, version: 2 });
    const basis = { at: NOW, customers: 9 };
    expect(await thresholds()).toMatchObject([{ from: 0 }, { threshold: 300, basis }, { threshold: 600, basis }]);
    // She comes to the new rules with what happens next; her memory has stayed.
    const later = '2026-03-02T12:00:00.000Z';
    setClock(later);
    for (const customer of ['c0', 'c2', 'c8']) {
      await ingest(
        busBatch([tracked(customer, 'Order Completed', later, { properties: { total: 450 } })]),
        lambdaContext,
      );
    }
    // Averages: 275, 375, 675.
    expect([await heldBy('c0'), await heldBy('c2'), await heldBy('c8')]).toEqual([['low'], ['middle'], ['high']]);
    const told = (await everythingTold(tables)).filter(({ customer }) => customer === 'c8');
    const last = told.at(-1)?.changes.at(-1);
    expect(last).toHaveProperty(
      'why.en',
      'the average of total over “Order Completed” is 675; the threshold of 66.6% is 600 (2026-03-01)',
    );
  });

  it('are left alone for a day, and make no new version when none has moved', async () => {
    await orders(100, 200, 300);
    expect(await refresh()).toMatchObject({ version: 2 });
    expect(await refresh()).toEqual({ done: true, seen: 0 });
    setClock('2026-03-02T13:00:00.000Z');
    expect(await refresh()).toEqual({ done: true, seen: 3 });
    expect((await currentRules()).ruleset.version).toBe(2);
  });

  it('come out the same wherever the pass is cut off', async () => {
    await orders(100, 200, 300, 400);
    for (let n = 0; n < 9; n++) {
      sdk.breakAt(n, n % 2 === 0 ? 'before' : 'after');
      await refresh().catch(() => undefined);
    }
    sdk.breakAt(undefined);
    await refresh();
    expect(await thresholds()).toMatchObject([{ from: 0 }, { threshold: 200 }, { threshold: 300 }]);
    expect((await currentRules()).ruleset.version).toBe(2);
  });

  it('are not asked for where no rule compares customers', async () => {
    await putRuleset({ ...RULES, groups: [], tags: [] }, 1);
    await orders(100);
    expect(await refresh()).toEqual({ done: true, seen: 0 });
    await sweep({} as never, lambdaContext);
  });
});
