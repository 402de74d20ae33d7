import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';
import { type FileReads, openFileReads } from './file-reads.ts';

const TABLE = 'pergola-profiles';
/** Keys that sort otherwise by UTF-16 than by UTF-8, begin with one another, or hold what SQL and JSON use. */
const KEYS = ['', 'a', 'a#1', 'a#2', 'b', "b'", 'b"', 'ｚ', '𝒳', '花', '花径'];

describe('rows read from the file of the database', () => {
  let stack: TestStack;
  let database: DynamoDBClient;
  let reads: FileReads;
  beforeAll(async () => {
    stack = await startTestStack();
    database = new DynamoDBClient({ ...sdk(stack), endpoint: stack.urls.dynamodb });
    reads = openFileReads(join(stack.data, 'dynamodb.db'), [TABLE]);
    const items = ['c#1', 'c#花'].flatMap((pk) =>
      KEYS.filter((sk) => sk !== '').map((sk, n) => ({
        pk: { S: pk },
        sk: { S: sk },
        duePk: { S: `due#${n % 2}` },
        dueAt: { S: `2026-03-0${n % 3}` },
        body: { B: Buffer.from(`${sk} 旅程`) },
        deep: { M: { n: { N: '0.50' }, none: { NULL: true } } },
      })),
    );
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    await database.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: requests } }));
  });
  afterAll(async () => {
    reads.close();
    await stack.end();
  });

  const byHttp = async (command: QueryCommand | BatchGetItemCommand) => {
    const { $metadata, ...answer } = await database.send(command as QueryCommand);
    return answer;
  };
  const ask = (more: Partial<QueryCommandInput>, values: Record<string, string>, sk = 'sk'): QueryCommandInput => ({
    TableName: TABLE,
    ExpressionAttributeNames: {
      '#pk': sk === 'sk' ? 'pk' : 'duePk',
      ...('KeyConditionExpression' in more && { '#sk': sk }),
    },
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }])),
    ...more,
  });

  const CONDITIONS = [
    { expression: 'begins_with(#sk, :a)', values: [':a'] },
    { expression: '#sk BETWEEN :a AND :b', values: [':a', ':b'] },
    { expression: '#sk >= :a', values: [':a'] },
    { expression: '#sk <= :a', values: [':a'] },
  ] as const;
  const key = fc.constantFrom(...KEYS.filter((one) => one !== ''));

  it('are what a query answers, whatever its bounds; a full page is left to the database', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('c#1', 'c#花', 'c#nobody'),
        fc.option(fc.constantFrom(...CONDITIONS)),
        key,
        key,
        fc.boolean(),
        fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
        async (pk, condition, a, b, ScanIndexForward, Limit) => {
          const [from, to] = Buffer.compare(Buffer.from(a), Buffer.from(b)) <= 0 ? [a, b] : [b, a];
          const bounds = Object.fromEntries((condition?.values ?? []).map((name) => [name, name === ':a' ? from : to]));
          const input = ask(
            {
              ScanIndexForward,
              Limit,
              ConsistentRead: true,
              ...(condition && { KeyConditionExpression: `#pk = :pk AND ${condition.expression}` }),
            },
            { ':pk': pk, ...bounds },
          );
          const expected = await byHttp(new QueryCommand(input));
          const found = reads.query(input as never);
          if (Limit !== undefined && expected.Count! >= Limit) expect(found).toBeUndefined();
          else expect(found).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('come by an index too, and by their keys from several tables', async () => {
    const input = ask(
      { IndexName: 'due', KeyConditionExpression: '#pk = :pk AND #sk <= :a', Limit: 100 },
      { ':pk': 'due#0', ':a': '2026-03-01' },
      'dueAt',
    );
    const expected = await byHttp(new QueryCommand(input));
    expect(expected.Count).toBeGreaterThan(3);
    expect(reads.query(input as never)).toEqual(expected);

    const keys = KEYS.slice(1, 4).map((sk) => ({ pk: { S: 'c#1' }, sk: { S: sk } }));
    const wanted = {
      RequestItems: {
        [TABLE]: { Keys: [...keys, { pk: { S: 'c#1' }, sk: { S: 'none' } }], ConsistentRead: true },
        'pergola-tags': { Keys: [{ pk: { S: 'nothing' }, sk: { S: 'here' } }], ConsistentRead: true },
      },
    };
    const answer = reads.batchGet(wanted);
    expect(answer).toEqual(await byHttp(new BatchGetItemCommand(wanted)));
    expect(answer?.Responses[TABLE]).toHaveLength(3);
  });

  it('are those of this moment: what was written is there as soon as the write is answered', async () => {
    for (let n = 0; n < 50; n++) {
      const Item = { pk: { S: 'c#busy' }, sk: { S: 'state' }, n: { N: String(n) } };
      await database.send(new PutItemCommand({ TableName: TABLE, Item }));
      const Keys = [{ pk: Item.pk, sk: Item.sk }];
      expect(reads.batchGet({ RequestItems: { [TABLE]: { Keys } } })?.Responses[TABLE]).toEqual([Item]);
    }
  });

  it('leave to the database whatever they do not know', () => {
    const all = ask({}, { ':pk': 'c#1' });
    expect(reads.query(all as never)?.Count).toBe(KEYS.length - 1);
    for (const other of [
      { TableName: 'gone' },
      { IndexName: 'gone' },
      { FilterExpression: '#pk = :pk' },
      { Select: 'COUNT' },
      { ExclusiveStartKey: { pk: { S: 'c#1' }, sk: { S: 'a' } } },
      { KeyConditionExpression: '#pk = :pk AND #sk > :pk' },
      { ExpressionAttributeValues: { ':pk': { N: '1' } } },
    ])
      expect(reads.query({ ...all, ...other } as never)).toBeUndefined();
    const Keys = [{ pk: { S: 'c#1' }, sk: { S: 'a' } }];
    expect(reads.batchGet({ RequestItems: { [TABLE]: { Keys, ProjectionExpression: 'pk' } } })).toBeUndefined();
    const many = Array.from({ length: 101 }, (_, n) => ({ pk: { S: 'c#1' }, sk: { S: `${n}` } }));
    expect(reads.batchGet({ RequestItems: { [TABLE]: { Keys: many } } })).toBeUndefined();
  });

  it('are not begun with a file of another kind', () => {
    const other = join(stack.data, 'other.db');
    new DatabaseSync(other).exec(`CREATE TABLE "${TABLE}" (pk TEXT, sk TEXT, item BLOB)`);
    expect(() => openFileReads(other, [TABLE])).toThrow(/item_json/);
  });
});
