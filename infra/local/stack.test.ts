import { DynamoDBClient, ListTablesCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdk, startTestStack, type TestStack } from './test-support/start.ts';

describe('the local AWS from an event to everything that follows from it', () => {
  let stack: TestStack;
  let bus: EventBridgeClient;
  let dynamodb: DynamoDBClient;

  beforeAll(async () => {
    stack = await startTestStack();
    bus = new EventBridgeClient(sdk(stack));
    dynamodb = new DynamoDBClient(sdk(stack));
  });
  afterAll(() => stack.end());

  const put = (...details: Record<string, unknown>[]) =>
    bus.send(
      new PutEventsCommand({
        Entries: details.map((detail) => ({
          EventBusName: 'pergola',
          Source: 'shop',
          DetailType: 'track',
          Detail: JSON.stringify(detail),
        })),
      }),
    );
  const rows = async (TableName: string) => (await dynamodb.send(new ScanCommand({ TableName }))).Items ?? [];

  it('is ready, with the tables of the topology', async () => {
    expect(await stack.local('health')).toMatchObject({ ready: true, services: { dynamodb: 'up', functions: 6 } });
    const { TableNames } = await dynamodb.send(new ListTablesCommand({}));
    expect(TableNames).toEqual(expect.arrayContaining(['pergola-profiles', 'pergola-enrolments', 'pergola-messages']));
  });

  it('hands an event to the function behind the queue, in the shapes of AWS', async () => {
    const { Entries, FailedEntryCount } = await put({ id: 'mei' });
    expect(FailedEntryCount).toBe(0);
    await stack.clock.settled();
    const [call] = stack.calls('ingest');
    const [record] = (call?.event as { Records: Record<string, unknown>[] }).Records;
    expect(record).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:pergola-ingest',
      awsRegion: 'us-east-1',
      attributes: { ApproximateReceiveCount: '1' },
    });
    expect(JSON.parse(String(record?.['body']))).toMatchObject({
      version: '0',
      id: Entries?.[0]?.EventId,
      source: 'shop',
      'detail-type': 'track',
      account: '000000000000',
      region: 'us-east-1',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      resources: [],
      detail: { id: 'mei' },
    });
    expect(call?.context).toMatchObject({
      functionName: 'pergola-ingest',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:pergola-ingest:live',
      memoryLimitInMB: '128',
    });
  });

  it('hands what the function wrote to the function behind the stream', async () => {
    const [call] = stack.calls('follow');
    const [record] = (call?.event as { Records: Record<string, unknown>[] }).Records;
    expect(record).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      awsRegion: 'us-east-1',
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSourceARN: expect.stringMatching(
        /^arn:aws:dynamodb:us-east-1:000000000000:table\/pergola-profiles\/stream\//,
      ),
      dynamodb: {
        Keys: { pk: { S: 'customer-mei' }, sk: { S: 'state' } },
        NewImage: { pk: { S: 'customer-mei' } },
        StreamViewType: 'NEW_IMAGE',
      },
    });
    expect(await rows('pergola-messages')).toHaveLength(1);
  });

  it('gives many events to the function in batches, each event once', async () => {
    const before = stack.calls('ingest').length;
    for (let i = 0; i < 5; i++) await put(...Array.from({ length: 10 }, (_, n) => ({ id: `many-${i}-${n}` })));
    await stack.clock.settled();
    const batches = stack.calls('ingest').slice(before);
    const sizes = batches.map((call) => (call.event as { Records: unknown[] }).Records.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(50);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    expect((await rows('pergola-profiles')).filter((row) => row['pk']?.S?.startsWith('customer-many'))).toHaveLength(
      50,
    );
  });

  it('keeps the order of changes for the function behind the stream', async () => {
    const seen = stack
      .calls('follow')
      .flatMap((call) => (call.event as { Records: { dynamodb: { SequenceNumber: string } }[] }).Records)
      .map((record) => Number(record.dynamodb.SequenceNumber));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('tries an event that failed again, later by the clock of the stack, and lets the rest of its batch be', async () => {
    await stack.clock.freeze(true);
    await put({ id: 'good' }, { id: 'twice', trouble: 2 });
    await stack.clock.settled();
    const has = async (id: string) =>
      (
        await dynamodb.send(
          new QueryCommand({
            TableName: 'pergola-profiles',
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: `customer-${id}` } },
          }),
        )
      ).Count === 1;
    expect(await has('good')).toBe(true);
    expect(await has('twice')).toBe(false);
    await stack.local('clock', { advance: 'PT1S' });
    expect(await has('twice')).toBe(false);
    await stack.local('clock', { advance: 'PT2S' });
    expect(await has('twice')).toBe(true);
  });

  it('puts an event that always fails among the dead letters, and takes it from there again', async () => {
    await put({ id: 'never', trouble: 'always' }, { id: 'bang', trouble: 'throw' });
    await stack.local('clock', { advance: 'PT1M' });
    const dead = await stack.local<{ counts: Record<string, number>; items: { error: string; receives: number }[] }>(
      'dead-letters',
    );
    expect(dead.counts).toEqual({ 'pergola-ingest': 2 });
    expect(dead.items[0]).toMatchObject({ receives: 3 });
    expect(dead.items.map((item) => item.error).join()).toContain('RangeError: no good: bang');
    const before = stack.calls('ingest').length;
    expect(await stack.local('dead-letters/redrive', { queue: 'pergola-ingest' })).toEqual({ redriven: 2 });
    await stack.clock.settled();
    expect(stack.calls('ingest').length).toBeGreaterThan(before);
    expect(await stack.local('dead-letters')).toMatchObject({ counts: {}, items: [] });
    await stack.local('clock', { advance: 'PT1M', freeze: false });
  });

  it('shows an event that nobody wanted, and why', async () => {
    await bus.send(
      new PutEventsCommand({
        Entries: [
          { EventBusName: 'pergolla', Source: 'shop', DetailType: 'track', Detail: '{}' },
          { Source: 'shop', DetailType: 'track', Detail: '{"on":"the default bus"}' },
        ],
      }),
    );
    const { items } = await stack.local<{ items: { why: string }[] }>('unmatched');
    expect(items.map((item) => item.why)).toEqual([
      'no rule of bus default matches it',
      'there is no bus named pergolla',
    ]);
  });

  it('calls the sweep at the exact moment that an item is due, and only then, while time is moved', async () => {
    const start = stack.clock.now();
    const dueAt = [90_500, 3 * 86_400_000, 15 * 86_400_000].map((after) => new Date(start + after).toISOString());
    await put(...dueAt.map((at, n) => ({ id: `due-${n}`, dueAt: at })));
    await stack.clock.settled();
    const before = stack.calls('sweep').length;
    await stack.local('clock', { advance: 'P20D' });
    const swept = stack.calls('sweep').slice(before);
    expect(swept.map((call) => new Date(call.at).toISOString())).toEqual(dueAt);
    expect(swept.map((call) => (call.event as { found: string[] }).found)).toEqual([
      ['customer-due-0'],
      ['customer-due-1'],
      ['customer-due-2'],
    ]);
    expect((swept[0]?.event as { event: unknown }).event).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
    });
  });

  it('refuses to go back in time once something has happened', async () => {
    expect(await stack.local('clock', { to: '2011-01-01T00:00:00Z' })).toMatchObject({
      error: {
        code: 'ClockCannotGoBack',
        next: { en: expect.stringContaining('--fresh'), zh: expect.any(String) },
        at: 'to',
      },
    });
    expect(await stack.local('clock', { advance: 'fifteen days' })).toMatchObject({
      error: { code: 'BadClockRequest', message: { zh: expect.stringContaining('fifteen days') }, at: 'advance' },
    });
  });
});
