import { readFileSync } from 'node:fs';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busBatch, tracked } from '../../../test/support/bus-batch.ts';
import { followLists } from '../../../test/support/follow-lists.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../../test/support/local-tables.ts';
import { handler as ingest } from '../../events/ingest.ts';
import { currentRules } from '../ruleset/index.ts';
import { listSegmentMembers } from '../segments/index.ts';
import { tables as documents, type TableName, tableName } from '../tables/index.ts';
import { listMembers } from '../tags/index.ts';
import { identityOf, loadState, recentHistory } from './index.ts';

/**
 * All rows of one customer (and of an id that was joined to hers) and the rules, as the release of 25 November 2026 wrote
 * them: bodies are not packed, events tell no changes of their own, lists were written with the state, rows have members
 * that nobody asks for any more. Dumped from its own data folder; never to be edited.
 */
const OLD = JSON.parse(
  readFileSync(new URL('../../../test/data/rows-of-an-older-release.json', import.meta.url), 'utf8'),
) as Record<TableName, Record<string, unknown>[]>;
const THEN = '2026-12-02T16:01:55.666Z';

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  setClock(THEN);
  for (const [table, rows] of Object.entries(OLD)) {
    for (let i = 0; i < rows.length; i += 25) {
      const requests = rows.slice(i, i + 25).map((Item) => ({ PutRequest: { Item } }));
      await documents().send(new BatchWriteCommand({ RequestItems: { [tableName(table as TableName)]: requests } }));
    }
  }
});
afterAll(() => tables.stop());

/** By the lists: every tag that she is listed under, values of families and all, and every segment. */
async function listed() {
  const { ruleset, families } = await currentRules();
  const { state } = await loadState('c1');
  const keys = new Set([
    ...ruleset.tags.map(({ key }) => key).filter((key) => !families.includes(key)),
    ...Object.keys(state.tags),
  ]);
  const tags: string[] = [];
  for (const key of keys) if ((await listMembers(key, families, undefined, 10)).items.includes('c1')) tags.push(key);
  const segments: string[] = [];
  for (const { id } of ruleset.segments ?? [])
    if ((await listSegmentMembers(id, undefined, 10)).items.includes('c1')) segments.push(id);
  return { tags: tags.sort(), segments: segments.sort() };
}
async function held() {
  const { state } = await loadState('c1');
  return { tags: Object.keys(state.tags).sort(), segments: Object.keys(state.segments).sort() };
}

describe('rows that an older release wrote', () => {
  it('are read as they are: state, lists, history, and whose the other id was', async () => {
    expect((await held()).tags).toContain('老客');
    expect(await listed()).toEqual(await held());
    expect((await loadState('anon-1')).customer).toBe('c1');
    expect((await identityOf('c1')).merged.map(({ id }) => id)).toEqual(['anon-1']);
    const { events, changes } = await recentHistory('c1', undefined, 100);
    expect(events).toHaveLength(OLD.profiles.filter(({ sk }) => String(sk).startsWith('e#')).length);
    const told = OLD.profiles
      .filter(({ sk }) => String(sk).startsWith('h#'))
      .flatMap(({ body }) => JSON.parse(String(body)));
    expect(changes).toHaveLength(told.length);
  });

  it('go on: what was there is known again, what is new counts, lists and history follow', async () => {
    const { version, state } = await loadState('c1');
    const again = tracked('c1', 'Product Viewed', '2026-12-01T14:01:55.666Z', { messageId: 'm296' });
    expect((await ingest(busBatch([again]), lambdaContext)).batchItemFailures).toEqual([]);
    expect((await loadState('c1')).version).toBe(version);

    setClock('2026-12-03T10:00:00.000Z');
    const order = tracked('anon-1', 'Order Completed', '2026-12-03T09:00:00.000Z', {
      properties: { order_id: 'new-1', total: 900, products: [{ product_id: 'serum-1', category: '精华' }] },
    });
    expect((await ingest(busBatch([order]), lambdaContext)).batchItemFailures).toEqual([]);
    await followLists(tables);
    const after = await held();
    expect(after.tags).toContain('买过:精华');
    expect(after.tags).toEqual(expect.arrayContaining(['渠道-直播', '买过:面霜']));
    expect((await loadState('c1')).state.tags['渠道-直播']).toEqual(state.tags['渠道-直播']);
    expect(await listed()).toEqual(after);
    const { events } = await recentHistory('c1', undefined, 100);
    expect(events.filter(({ name }) => name === 'Order Completed')).toHaveLength(2);
  });
});
