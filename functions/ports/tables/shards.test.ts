import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTables, startTables } from '../../../test/support/local-tables.ts';
import { tables as documents, mergeShards, shardOf, tableName } from './index.ts';

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

describe('a list that lies in several shards', () => {
  it('is read page by page without loss or repetition, even when everything happened at the same instant', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `c${i}`);
    const put = (id: string) => ({
      PutRequest: {
        Item: { pk: `c#${id}`, sk: 'm#1', timePk: `t#${shardOf(id)}`, at: '2026-03-01T00:00:00.000Z', id },
      },
    });
    for (let i = 0; i < ids.length; i += 20) {
      const requests = ids.slice(i, i + 20).map(put);
      await documents().send(new BatchWriteCommand({ RequestItems: { [tableName('messages')]: requests } }));
    }
    const ask = (shard: number) => ({
      index: 'byTime',
      pkName: 'timePk',
      skName: 'at',
      pk: `t#${shard}`,
      backwards: true,
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await mergeShards('messages', { ask, orderOf: (row) => `${row['at']}`, limit: 7, cursor });
      seen.push(...page.items.map((row) => row['id'] as string));
      cursor = page.cursor;
      pages++;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(pages).toBe(9);
  });

  it('reads little more than it gives, and all there is where it is not evenly spread', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `k${String(i).padStart(3, '0')}`);
    // The first two hundred lie in one shard.
    const shard = (i: number) => (i < 200 ? 0 : shardOf(ids[i]!));
    const requests = ids.map((sk, i) => ({ PutRequest: { Item: { pk: `list#${shard(i)}`, sk } } }));
    for (let i = 0; i < requests.length; i += 25) {
      const RequestItems = { [tableName('tags')]: requests.slice(i, i + 25) };
      await documents().send(new BatchWriteCommand({ RequestItems }));
    }
    let read = 0;
    documents().middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        read += (answer.output as { Items?: unknown[] }).Items?.length ?? 0;
        return answer;
      },
      { step: 'initialize', name: 'rowsRead', override: true },
    );
    const seen: string[] = [];
    const perPage: number[] = [];
    let cursor: string | undefined;
    do {
      read = 0;
      const ask = (n: number) => ({ pk: `list#${n}`, prefix: '' });
      const page = await mergeShards('tags', { ask, orderOf: ({ sk }) => sk, limit: 100, cursor });
      seen.push(...page.items.map(({ sk }) => sk));
      perPage.push(read);
      cursor = page.cursor;
    } while (cursor !== undefined);
    documents().middlewareStack.remove('rowsRead');
    expect(seen).toEqual(ids);
    // Four times the page and four would be 404.
    for (const rows of perPage) expect(rows).toBeLessThan(260);
  });

  it('spreads ids that differ only in a number', () => {
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) counts[shardOf(`customer-${i}`)]!++;
    for (const count of counts) expect(count).toBeGreaterThan(800);
  });
});
