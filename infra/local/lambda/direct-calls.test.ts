import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';
import { createDirectCalls, type DirectCalls } from './direct-calls.ts';

/** A command of any client, as far as it is looked at here. */
interface Command {
  readonly input: object;
  readonly constructor: { readonly name: string };
}
type Client = { readonly constructor: { readonly name: string }; send(command: never): Promise<object> };

describe('the calls of the functions, without HTTP', () => {
  let stack: TestStack;
  let database: DynamoDBClient;
  let bus: EventBridgeClient;
  let states: SFNClient;
  beforeAll(async () => {
    stack = await startTestStack();
    database = new DynamoDBClient({ ...sdk(stack), endpoint: stack.urls.dynamodb });
    bus = new EventBridgeClient(sdk(stack));
    states = new SFNClient(sdk(stack));
  });
  afterAll(() => stack.end());

  const direct = (client: Client, command: Command) =>
    (globalThis as unknown as Record<symbol, DirectCalls>)[Symbol.for('pergola.calls')]!(
      client.constructor.name,
      command.constructor.name,
      command.input,
    );
  /** What the SDK answers to the same. */
  const byHttp = async (client: Client, command: Command) => {
    const { $metadata, ...answer } = (await client.send(command as never)) as { $metadata: unknown };
    return answer;
  };
  const table = 'pergola-profiles';
  const key = (sk: string) => ({ pk: { S: 'c#花' }, sk: { S: sk } });
  const row = {
    ...key('1'),
    body: { B: new Uint8Array([0, 1, 254, 255]) },
    B: { S: 'a name like a type' },
    n: { N: '0.5' },
    deep: { M: { B: { B: Buffer.from('旅程') }, list: { L: [{ B: Buffer.of(7) }, { NULL: true }, { BOOL: false }] } } },
  };

  it('write and read rows as the SDK does, bytes too', async () => {
    const TransactItems = ['1', '2'].map((sk) => ({ Put: { TableName: table, Item: { ...row, ...key(sk) } } }));
    expect(await direct(database, new TransactWriteItemsCommand({ TransactItems }))).toEqual({});
    for (const read of [
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'c#花' } },
      }),
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [key('1')], ConsistentRead: true } } }),
    ]) {
      expect(await direct(database, read)).toEqual(await byHttp(database, read));
    }
    const wanted = new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [key('2')] } } });
    const { Responses } = (await direct(database, wanted)) as { Responses: Record<string, (typeof row)[]> };
    const [Item] = Responses[table]!;
    expect(Item?.body.B).toEqual(row.body.B);
    expect(Buffer.from(Item!.deep.M.B.B).toString()).toBe('旅程');
  });

  it('write and delete many rows at once', async () => {
    const at = (sk: string) => ({ ...row, ...key(sk) });
    const write = (...list: object[]) => new BatchWriteItemCommand({ RequestItems: { [table]: list as never } });
    const first = write({ PutRequest: { Item: at('3') } }, { PutRequest: { Item: at('4') } });
    expect(await direct(database, first)).toEqual({ UnprocessedItems: {} });
    const second = write({ DeleteRequest: { Key: key('3') } }, { PutRequest: { Item: at('5') } });
    expect(await direct(database, second)).toEqual(await byHttp(database, second));
    const ask = { TableName: table, KeyConditionExpression: 'pk = :pk AND sk > :sk' };
    const values = { ExpressionAttributeValues: { ':pk': { S: 'c#花' }, ':sk': { S: '2' } } };
    const { Items } = (await byHttp(database, new QueryCommand({ ...ask, ...values }))) as { Items: (typeof row)[] };
    expect(Items.map(({ sk }) => sk.S)).toEqual(['4', '5']);
    const twice = write({ DeleteRequest: { Key: key('4') } }, { PutRequest: { Item: at('4') } });
    expect(await direct(database, twice)).toBeUndefined();
  });

  it('leave to HTTP what the database refuses, so that the SDK makes the error', async () => {
    const onlyIfNew = { TableName: table, Item: row, ConditionExpression: 'attribute_not_exists(pk)' };
    const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put: onlyIfNew }] });
    expect(await direct(database, transaction)).toBeUndefined();
    await expect(byHttp(database, transaction)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });
  });

  it('put events and start executions with times as the SDK has them', async () => {
    const put = new PutEventsCommand({
      Entries: [
        { EventBusName: 'pergola', Source: 'app', DetailType: 'track', Detail: '{}', Time: new Date(5000) },
        {},
      ],
    });
    expect(await direct(bus, put)).toEqual({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, expect.objectContaining({ ErrorCode: expect.any(String) })],
    });
    const { stateMachineArn } = await states.send(
      new CreateStateMachineCommand({
        name: 'waits',
        roleArn: 'arn:aws:iam::000000000000:role/any',
        definition: JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } }),
      }),
    );
    const start = new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"a":1}' });
    const started = (await direct(states, start)) as { executionArn: string };
    expect(started).toEqual(await byHttp(states, start));
    const stopped = await direct(states, new StopExecutionCommand({ executionArn: started.executionArn }));
    expect(stopped).toEqual({ stopDate: expect.any(Date) });
    // Of another input, and of a machine that is not there: errors, so by HTTP.
    expect(await direct(states, new StartExecutionCommand({ ...start.input, input: '{}' }))).toBeUndefined();
    expect(await direct(states, new StopExecutionCommand({ executionArn: 'arn:nothing' }))).toBeUndefined();
  });

  it('fail where a transaction is not known to be written; a read, or one that never arrived, goes to the SDK', async () => {
    const broken = (code: string, syscall: string) =>
      createDirectCalls({
        client: { callText: () => Promise.reject(Object.assign(new Error('gone'), { code, syscall })) },
        call: () => Promise.reject(new Error('no service is asked')),
      });
    const write = ['DynamoDBClient', 'TransactWriteItemsCommand', { TransactItems: [] }] as const;
    await expect(broken('ECONNRESET', 'read')(...write)).rejects.toMatchObject({ code: 'AnswerLost' });
    expect(await broken('ECONNREFUSED', 'connect')(...write)).toBeUndefined();
    expect(await broken('ECONNRESET', 'read')('DynamoDBClient', 'QueryCommand', {})).toBeUndefined();
  });

  it('are few: another operation goes by HTTP', async () => {
    expect(await direct(states, new CreateStateMachineCommand({} as never))).toBeUndefined();
  });
});
