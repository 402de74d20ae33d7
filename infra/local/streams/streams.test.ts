import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STAND_INS } from '../test-support/functions.ts';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';

describe('delivery of a stream', () => {
  let stack: TestStack;
  beforeEach(async () => {
    stack = await startTestStack();
    await stack.clock.freeze(true);
  });
  afterEach(() => stack.end());

  const write = async (...names: string[]) => {
    const client = new DynamoDBClient(sdk(stack));
    for (const name of names)
      await client.send(
        new PutItemCommand({ TableName: 'pergola-profiles', Item: { pk: { S: name }, sk: { S: 'state' } } }),
      );
  };
  const followed = async () => {
    const { Items = [] } = await new DynamoDBClient(sdk(stack)).send(
      new ScanCommand({ TableName: 'pergola-messages' }),
    );
    return Items.map((item) => item['pk']?.S).sort();
  };
  const sizes = () => stack.calls('follow').map((call) => (call.event as { Records: unknown[] }).Records.length);

  it('tries again what failed, later, and nothing after it is delivered before', async () => {
    await write('a', 'b-shaky', 'c');
    await stack.clock.settled();
    expect(await followed()).toEqual(['a']);
    await stack.clock.advance((now) => now + 1000);
    expect(await followed()).toEqual(['a', 'b-shaky', 'c']);
  });

  it('halves a batch until it knows the one that always fails, buries that and goes on', async () => {
    const names = ['a', 'b', 'c', 'd-poison', 'e', 'f'];
    await write(...names);
    await stack.clock.advance((now) => now + 10 * 60_000);
    expect(await followed()).toEqual(['a', 'b', 'c', 'e', 'f']);
    expect(sizes().filter((size) => size === 1).length).toBeGreaterThanOrEqual(10);
    const dead = await stack.local<{ counts: object; items: { error: string; body: string }[] }>('dead-letters');
    expect(dead.counts).toEqual({ 'stream-pergola-follow': 1 });
    expect(dead.items[0]?.error).toBe('Error: cannot follow d-poison');
    expect(JSON.parse(dead.items[0]?.body ?? '')).toMatchObject({ dynamodb: { Keys: { pk: { S: 'd-poison' } } } });
    expect(stack.lines.join()).toContain('failed 10 times');
  });

  it('hands a buried record to the function again when it is redriven', async () => {
    await write('x-poison');
    await stack.clock.advance((now) => now + 10 * 60_000);
    const before = stack.calls('follow').length;
    expect(await stack.local('dead-letters/redrive', {})).toEqual({ redriven: 1 });
    await stack.clock.settled();
    expect(stack.calls('follow').length).toBe(before + 1);
  });

  it('goes on after a restart where it was, with what was written in between', async () => {
    await write('a', 'b');
    await stack.clock.settled();
    await stack.close();
    stack = await startTestStack({ data: stack.data });
    await write('c');
    await stack.clock.settled();
    const names = stack
      .calls('follow')
      .flatMap((call) => (call.event as { Records: { dynamodb: { Keys: { pk: { S: string } } } }[] }).Records)
      .map((record) => record.dynamodb.Keys.pk.S);
    expect(names).toEqual(['c']);
  });

  it('says so when the place where it stopped is gone, and goes on with what there is', async () => {
    await write('a', 'b');
    await stack.clock.settled();
    await stack.close();
    const file = new DatabaseSync(join(stack.data, 'dynamodb.db'));
    file.exec('UPDATE _stream_records SET sequence_number = CAST(sequence_number AS INTEGER) + 100');
    file.close();
    stack = await startTestStack({ data: stack.data });
    expect(stack.lines.join()).toMatch(/no longer has the place where pergola-follow stopped \(2\)/);
    await stack.clock.settled();
    expect(sizes()).toEqual([2]);
  });

  it('forgets after a day what everybody has passed, and numbers on', async () => {
    await write('a', 'b', 'c');
    await stack.clock.settled();
    await stack.close();
    const file = new DatabaseSync(join(stack.data, 'dynamodb.db'));
    file.exec('UPDATE _stream_records SET created_at = created_at - 100000');
    const records = () =>
      file
        .prepare('SELECT sequence_number AS n FROM _stream_records WHERE table_name = ?')
        .all('pergola-profiles')
        .map((row) => row['n']);
    expect(records()).toEqual(['1', '2', '3']);
    stack = await startTestStack({ data: stack.data });
    expect(records()).toEqual(['3']);
    file.close();
    await write('d');
    await stack.clock.settled();
    expect(sizes()).toEqual([1]);
    expect(stack.lines).toEqual([]);
  });

  it('reads far behind without leaving anything out', async () => {
    const many = Array.from({ length: 230 }, (_, n) => `many-${String(n).padStart(3, '0')}`);
    await write('stuck-poison', ...many);
    await stack.clock.settled();
    expect(await followed()).toEqual([]);
    await stack.clock.advance((now) => now + 10 * 60_000);
    expect(await followed()).toEqual(many);
  });
});

describe('records that are gathered while time is moved in many small steps', () => {
  const story = async (afterStreams: boolean) => {
    const follow = { ...STAND_INS.follow, trigger: { ...STAND_INS.follow.trigger, windowSeconds: 60 } };
    const sweep = {
      ...STAND_INS.sweep,
      trigger: { ...STAND_INS.sweep.trigger, ...(afterStreams && { afterStreams }) },
    };
    const stack = await startTestStack({ functions: { ...STAND_INS, follow, sweep } });
    try {
      const began = stack.clock.now();
      await stack.clock.moveTo(began, { freeze: true, lazy: true });
      const dueAt = new Date(began + 60_000).toISOString();
      const Item = { pk: { S: 'a' }, sk: { S: 'state' }, duePk: { S: 'due#0' }, dueAt: { S: dueAt } };
      await new DynamoDBClient(sdk(stack)).send(new PutItemCommand({ TableName: 'pergola-profiles', Item }));
      await stack.clock.moveTo(began + 60_000, { lazy: true });
      return stack.calls().map(({ fn }) => fn);
    } finally {
      await stack.end();
    }
  };

  it('wait for more', async () => {
    expect(await story(false)).toEqual(['sweep']);
  });

  it('are handed over before a schedule that reads what comes of them', async () => {
    expect(await story(true)).toEqual(['follow', 'sweep']);
  });
});
