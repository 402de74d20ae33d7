import { GetFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCli, runAws } from '../test-support/aws-cli.ts';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';

const program = await awsCli();

type Json = Record<string, unknown>;

describe('the small services', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startTestStack();
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
  });
  afterAll(() => stack.end());

  it('say who one is, and which functions there are', async () => {
    expect(await new STSClient(sdk(stack)).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:user/local',
    });
    const lambda = new LambdaClient(sdk(stack));
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    expect(Functions.map(({ FunctionName }) => FunctionName)).toContain('pergola-steps-decide');
    expect(await lambda.send(new GetFunctionCommand({ FunctionName: 'pergola-ingest' }))).toMatchObject({
      Configuration: { Timeout: 2, MemorySize: 128 },
    });
  });

  it('take an asynchronous call for good: it is made again after a failure', async () => {
    const lambda = new LambdaClient(sdk(stack));
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: 'pergola-steps-decide', InvocationType: 'Event', Payload: '{"fail":"once"}' }),
    );
    expect(answer.StatusCode).toBe(202);
    await stack.local('clock', { advance: 'PT1H' });
    expect(stack.calls('step').map(({ event }) => event)).toEqual(Array(3).fill({ fail: 'once' }));
  });

  describe.skipIf(!program)('with the AWS CLI', { timeout: 120_000 }, () => {
    const tag = 'cli';
    const aws = (...args: string[]): Promise<Json> => runAws(program ?? '', stack.urls.endpoint, args);
    const json = (value: unknown) => JSON.stringify(value);
    const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

    it('SQS: queues, messages, batches, dead letters', async () => {
      const name = `q-${tag}`;
      await aws('sqs', 'create-queue', '--queue-name', `dead-${name}`);
      const policy = json({
        RedrivePolicy: json({ deadLetterTargetArn: queueArn(`dead-${name}`), maxReceiveCount: '1' }),
      });
      await aws('sqs', 'create-queue', '--queue-name', name, '--attributes', policy, '--tags', 'team=shop');
      const { QueueUrl: url } = (await aws('sqs', 'get-queue-url', '--queue-name', name)) as { QueueUrl: string };
      const q = (operation: string, ...args: string[]) => aws('sqs', operation, '--queue-url', url, ...args);
      expect(await aws('sqs', 'list-queues', '--queue-name-prefix', name)).toEqual({ QueueUrls: [url] });
      const attributes = json({ kind: { DataType: 'String', StringValue: 'k & <k>' } });
      const sent = await q('send-message', '--message-body', '花 & <径>', '--message-attributes', attributes);
      expect(sent).toMatchObject({ MD5OfMessageBody: expect.any(String), MessageId: expect.any(String) });
      const entries = json([1, 2].map((n) => ({ Id: `${n}`, MessageBody: `m${n}` })));
      expect(await q('send-message-batch', '--entries', entries)).toMatchObject({
        Successful: [{ Id: '1' }, { Id: '2' }],
      });
      const receive = [
        '--max-number-of-messages',
        '10',
        '--attribute-names',
        'All',
        '--message-attribute-names',
        'All',
      ];
      const { Messages } = (await q('receive-message', ...receive)) as { Messages: Json[] };
      expect(Messages).toMatchObject([
        {
          Body: '花 & <径>',
          MessageAttributes: { kind: { StringValue: 'k & <k>' } },
          Attributes: { ApproximateReceiveCount: '1' },
        },
        { Body: 'm1' },
        { Body: 'm2' },
      ]);
      const handle = (n: number) => String(Messages[n]?.['ReceiptHandle']);
      await q('delete-message', '--receipt-handle', handle(0));
      await q('delete-message-batch', '--entries', json([{ Id: 'a', ReceiptHandle: handle(1) }]));
      await q('change-message-visibility', '--receipt-handle', handle(2), '--visibility-timeout', '0');
      expect(await q('receive-message')).toEqual({});
      const counts = await q('get-queue-attributes', '--attribute-names', 'All');
      expect(counts).toMatchObject({ Attributes: { QueueArn: queueArn(name), ApproximateNumberOfMessages: '0' } });
      const dead = `${url.slice(0, url.lastIndexOf('/'))}/dead-${name}`;
      expect(await aws('sqs', 'receive-message', '--queue-url', dead)).toMatchObject({ Messages: [{ Body: 'm2' }] });
      expect(await q('list-queue-tags')).toEqual({ Tags: { team: 'shop' } });
      await q('set-queue-attributes', '--attributes', 'VisibilityTimeout=77');
      await q('purge-queue');
      await q('delete-queue');
      await expect(q('receive-message')).rejects.toThrow('AWS.SimpleQueueService.NonExistentQueue');
    });

    it('EventBridge: a bus, a rule, a target, an event, an archive and its replay', async () => {
      const bus = `bus-${tag}`;
      const queue = `events-${tag}`;
      await aws('sqs', 'create-queue', '--queue-name', queue);
      await aws('events', 'create-event-bus', '--name', bus);
      const on = ['--event-bus-name', bus];
      await aws('events', 'put-rule', '--name', 'all', ...on, '--event-pattern', json({ source: ['shop'] }));
      const targets = json([{ Id: 't', Arn: queueArn(queue), InputPath: '$.detail' }]);
      expect(await aws('events', 'put-targets', '--rule', 'all', ...on, '--targets', targets)).toMatchObject({
        FailedEntryCount: 0,
      });
      const source = `arn:aws:events:us-east-1:000000000000:event-bus/${bus}`;
      await aws('events', 'create-archive', '--archive-name', `a-${tag}`, '--event-source-arn', source);
      const entries = json([{ EventBusName: bus, Source: 'shop', DetailType: 'order', Detail: '{"n":1}' }]);
      expect(await aws('events', 'put-events', '--entries', entries)).toMatchObject({ FailedEntryCount: 0 });
      const times = ['--event-start-time', '2029-12-31T00:00:00Z', '--event-end-time', '2031-01-01T00:00:00Z'];
      const archive = `arn:aws:events:us-east-1:000000000000:archive/a-${tag}`;
      await aws(
        'events',
        'start-replay',
        '--replay-name',
        `r-${tag}`,
        '--event-source-arn',
        archive,
        ...times,
        '--destination',
        json({ Arn: source }),
      );
      await stack.local('clock', { advance: 'PT1M' });
      expect(await aws('events', 'describe-replay', '--replay-name', `r-${tag}`)).toMatchObject({ State: 'COMPLETED' });
      const url = `${stack.urls.endpoint}/000000000000/${queue}`;
      const got = await aws('sqs', 'receive-message', '--queue-url', url, '--max-number-of-messages', '10');
      expect(got).toMatchObject({ Messages: [{ Body: '{"n":1}' }, { Body: '{"n":1}' }] });
      await aws(
        'events',
        'put-rule',
        '--name',
        `tick-${tag}`,
        '--schedule-expression',
        'rate(1 hour)',
        '--state',
        'DISABLED',
      );
      const test = ['--event-pattern', '{"source":[{"prefix":"sh"}]}', '--event'];
      const event = {
        id: '1',
        account: '0',
        source: 'shop',
        time: '2030-01-01T00:00:00Z',
        region: 'r',
        resources: [],
        'detail-type': 'x',
        detail: {},
      };
      expect(await aws('events', 'test-event-pattern', ...test, json(event))).toEqual({ Result: true });
    });

    it('Scheduler, SES, CloudWatch Logs, STS, Lambda', async () => {
      const name = `s-${tag}`;
      const queue = `scheduled-${tag}`;
      await aws('sqs', 'create-queue', '--queue-name', queue);
      const RoleArn = 'arn:aws:iam::000000000000:role/r';
      const at = new Date(stack.clock.now() + 3_600_000).toISOString().slice(0, 19);
      const target = json({ Arn: queueArn(queue), RoleArn, Input: 'now' });
      const schedule = ['--schedule-expression', `at(${at})`, '--flexible-time-window', 'Mode=OFF', '--target', target];
      await aws('scheduler', 'create-schedule', '--name', name, ...schedule);
      expect(await aws('scheduler', 'get-schedule', '--name', name)).toMatchObject({ State: 'ENABLED' });
      expect(await aws('scheduler', 'list-schedules', '--name-prefix', name)).toMatchObject({
        Schedules: [{ Name: name }],
      });
      await stack.local('clock', { advance: 'PT2H' });
      const url = `${stack.urls.endpoint}/000000000000/${queue}`;
      expect(await aws('sqs', 'receive-message', '--queue-url', url)).toMatchObject({ Messages: [{ Body: 'now' }] });
      await aws('scheduler', 'delete-schedule', '--name', name);

      const content = json({ Simple: { Subject: { Data: `hello ${tag}` }, Body: { Text: { Data: 'x' } } } });
      const mail = [
        '--from-email-address',
        'a@example.com',
        '--destination',
        'ToAddresses=b@example.com',
        '--content',
        content,
      ];
      const { MessageId } = await aws('sesv2', 'send-email', ...mail);
      const { items } = await stack.local<{ items: Json[] }>('mail');
      expect(items[0]).toMatchObject({ id: MessageId, subject: `hello ${tag}` });

      expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '000000000000' });
      const { Functions } = (await aws('lambda', 'list-functions')) as { Functions: Json[] };
      expect(Functions.length).toBeGreaterThan(3);

      const group = `/cli/${tag}`;
      await aws('logs', 'create-log-group', '--log-group-name', group);
      await aws('logs', 'create-log-stream', '--log-group-name', group, '--log-stream-name', 's');
      const lines = json([{ timestamp: stack.clock.now(), message: 'a line' }]);
      await aws('logs', 'put-log-events', '--log-group-name', group, '--log-stream-name', 's', '--log-events', lines);
      expect(
        await aws('logs', 'filter-log-events', '--log-group-name', group, '--filter-pattern', 'line'),
      ).toMatchObject({
        events: [{ message: 'a line' }],
      });
      expect(await aws('logs', 'get-log-events', '--log-group-name', group, '--log-stream-name', 's')).toMatchObject({
        events: [{ message: 'a line' }],
      });
      expect(await aws('logs', 'describe-log-groups', '--log-group-name-prefix', '/aws/lambda/')).toMatchObject({
        logGroups: [{ logGroupName: '/aws/lambda/pergola-steps-decide' }],
      });
      await expect(aws('sns', 'list-topics')).rejects.toThrow(/sns ListTopics is not emulated here/);
    });
  });
});
