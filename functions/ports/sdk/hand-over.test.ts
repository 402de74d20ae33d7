import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTables, startTables } from '../../../test/support/local-tables.ts';
import { tableName } from '../tables/index.ts';
import type { HostCalls } from './hand-over.ts';
import { LEAN, lean } from './index.ts';

const HOST = Symbol.for('pergola.calls');
const host = globalThis as { [HOST]?: HostCalls };

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterEach(() => {
  delete host[HOST];
});
afterAll(() => tables.stop());

describe('a host that carries calls out itself', () => {
  it('is asked first, and the SDK goes its own way where the host does not take the call', async () => {
    const asked: unknown[] = [];
    host[HOST] = async (...call) => {
      asked.push(call);
      return asked.length === 1 ? { Item: { pk: { S: 'from the host' } } } : undefined;
    };
    const client = lean(new DynamoDBClient(LEAN));
    const TableName = tableName('profiles');
    const wanted = new GetItemCommand({ TableName, Key: { pk: { S: 'a' }, sk: { S: 'b' } } });
    expect((await client.send(wanted)).Item).toEqual({ pk: { S: 'from the host' } });
    expect(asked).toEqual([['DynamoDBClient', 'GetItemCommand', wanted.input]]);
    expect((await client.send(wanted)).Item).toBeUndefined();
    expect(asked).toHaveLength(2);
    const documents = DynamoDBDocumentClient.from(client);
    await documents.send(new GetCommand({ TableName, Key: { pk: 'a', sk: 'b' } }));
    expect(asked).toHaveLength(2);
  });

  it('is not there on AWS, and the client stays as it is', () => {
    expect(Object.hasOwn(lean(new DynamoDBClient(LEAN)), 'send')).toBe(false);
  });
});
