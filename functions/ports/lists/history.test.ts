import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { busBatch, tracked } from '../../../test/support/bus-batch.ts';
import { everythingTold, followLists } from '../../../test/support/follow-lists.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../../test/support/local-tables.ts';
import { handler as ingest } from '../../events/ingest.ts';
import { customerPk, recentHistory } from '../profiles/index.ts';
import { putRuleset } from '../ruleset/index.ts';
import { query } from '../tables/index.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const when = { did: { event: 'Order' } };
const RULES = {
  version: 0,
  zone: 'UTC',
  groups: [],
  tags: [{ key: 'bought', name: { zh: '买过', en: 'Bought' }, category: 'behaviour', when }],
};

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  await putRuleset(RULES, 0);
  setClock(NOW);
});

/** The kinds of row that tell of changes, and which of them are copies. */
async function telling(): Promise<string[]> {
  const rows = await query('profiles', { pk: customerPk('li'), consistent: true });
  return rows
    .filter((row) => row.sk.startsWith('h#') || row['changes'] !== undefined)
    .map(({ sk, copied }) => `${sk.slice(0, 2)}${copied === true ? ' copy' : ''}`);
}
const seen = async () =>
  (await recentHistory('li', undefined, 10)).changes.flatMap((change) => (change.type === 'tag' ? [change.key] : []));

describe('what an event changed', () => {
  it('lies in its row, and is seen at once, and once; history keeps it beyond the event', async () => {
    await ingest(busBatch([tracked('li', 'Order', NOW)]), lambdaContext);
    expect(await telling()).toEqual(['e#']);
    expect(await seen()).toEqual(['bought']);
    await followLists(tables);
    await followLists(tables);
    expect(await telling()).toEqual(['e#', 'h# copy']);
    expect(await seen()).toEqual(['bought']);
    expect(await everythingTold(tables)).toHaveLength(1);
  });

  it('has a row of its own where it would begin another kilobyte of the event', async () => {
    const properties = { nonce: randomBytes(620).toString('base64') };
    await ingest(busBatch([tracked('li', 'Order', NOW, { properties })]), lambdaContext);
    expect(await telling()).toEqual(['h#']);
    await followLists(tables);
    expect(await telling()).toEqual(['h#']);
    expect(await seen()).toEqual(['bought']);
  });

  it('is in the event’s row when that has begun another kilobyte anyway', async () => {
    const properties = { nonce: randomBytes(900).toString('base64') };
    await ingest(busBatch([tracked('li', 'Order', NOW, { properties })]), lambdaContext);
    expect(await telling()).toEqual(['e#']);
  });
});
