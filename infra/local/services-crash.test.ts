import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as logsSdk from '@aws-sdk/client-cloudwatch-logs';
import * as eventsSdk from '@aws-sdk/client-eventbridge';
import * as schedulerSdk from '@aws-sdk/client-scheduler';
import * as sesSdk from '@aws-sdk/client-sesv2';
import * as sqsSdk from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, type Json, sdkCaller } from './test-support/callers.ts';
import { type ChildStack, ports, startChild } from './test-support/child.ts';
import { arn, column } from './test-support/stories/story.ts';

const START = Date.UTC(2030, 0, 1);
const RoleArn = 'arn:aws:iam::000000000000:role/r';
/** Schedules at seconds of their own, and events that are replayed. */
const COUNT = 300;
const range = Array.from({ length: COUNT }, (_, n) => n);

describe('services of a stack that is killed', { timeout: 120_000 }, () => {
  const data = mkdtempSync(join(tmpdir(), 'pergola-services-'));
  let at: { port: number; consolePort: number };
  let stack: ChildStack;
  let calls: Record<'events' | 'logs' | 'mail' | 'scheduler' | 'sqs', Call>;

  beforeAll(async () => {
    at = await ports();
    stack = await startChild(data, at);
    const settings = {
      endpoint: stack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    calls = {
      events: sdkCaller(eventsSdk, new eventsSdk.EventBridgeClient(settings)),
      logs: sdkCaller(logsSdk, new logsSdk.CloudWatchLogsClient(settings)),
      mail: sdkCaller(sesSdk, new sesSdk.SESv2Client(settings)),
      scheduler: sdkCaller(schedulerSdk, new schedulerSdk.SchedulerClient(settings)),
      sqs: sdkCaller(sqsSdk, new sqsSdk.SQSClient(settings)),
    };
    await clock({ to: new Date(START).toISOString(), freeze: true });
  }, 60_000);
  afterAll(async () => {
    await stack.kill();
    rmSync(data, { recursive: true, force: true });
  });

  const local = async (path: string, body?: unknown) =>
    (await fetch(`${stack.console}/_local/${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    }).then((response) => response.json())) as Json;
  const clock = (body: unknown) => local('clock', body);

  async function taken(QueueUrl: unknown): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const { Messages } = await calls.sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      if (!Messages) return all;
      all.push(...(column(Messages, 'Body') as string[]));
    }
  }

  it('schedules, archives, replays, queues, mail and logs go on where they were, nothing lost and nothing twice', async () => {
    const { QueueUrl } = await calls.sqs('CreateQueue', {
      QueueName: 'all',
      Attributes: { VisibilityTimeout: '43200' },
    });
    await calls.events('CreateArchive', { ArchiveName: 'all', EventSourceArn: arn('events', 'event-bus/default') });
    await calls.logs('CreateLogGroup', { logGroupName: 'kept' });
    await calls.logs('CreateLogStream', { logGroupName: 'kept', logStreamName: 's' });
    for (const n of range)
      await calls.scheduler('CreateSchedule', {
        Name: `s-${n}`,
        ScheduleExpression: `at(${new Date(START + 60_000 + n * 1000).toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: { Arn: arn('sqs', 'all'), RoleArn, Input: `scheduled ${n}` },
      });
    for (let n = 0; n < COUNT; n += 10) {
      const Detail = (k: number) => JSON.stringify({ n: n + k });
      const Entries = range.slice(0, 10).map((k) => ({ Source: 'shop', DetailType: 'order', Detail: Detail(k) }));
      await calls.events('PutEvents', { Entries });
    }
    await calls.events('PutRule', { Name: 'replayed', EventPattern: '{"replay-name":[{"exists":true}]}' });
    const InputTransformer = { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '"replayed <n>"' };
    const Targets = [{ Id: 'q', Arn: arn('sqs', 'all'), InputTransformer }];
    await calls.events('PutTargets', { Rule: 'replayed', Targets });
    await clock({ advance: 'PT30S' });
    await calls.events('StartReplay', {
      ReplayName: 'r',
      EventSourceArn: arn('events', 'archive/all'),
      EventStartTime: new Date(START - 60_000),
      EventEndTime: new Date(START + 60_000),
      Destination: { Arn: arn('events', 'event-bus/default') },
    });
    const content = { Simple: { Subject: { Data: 'kept' }, Body: { Text: { Data: 'x' } } } };
    const to = { FromEmailAddress: 'a@example.com', Destination: { ToAddresses: ['b@example.com'] } };
    const { MessageId } = await calls.mail('SendEmail', { ...to, Content: content });
    const logEvents = [{ timestamp: START, message: 'kept' }];
    await calls.logs('PutLogEvents', { logGroupName: 'kept', logStreamName: 's', logEvents });

    // At once after the last answer, and again while time passes over all that is due.
    await stack.kill();
    for (let n = 0; n < 4; n++) {
      stack = await startChild(data, at);
      const moving = clock({ advance: 'PT2M' }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      await stack.kill();
      await moving;
    }
    stack = await startChild(data, at);
    await clock({ advance: 'PT1H' });

    const messages = await taken(QueueUrl);
    const scheduled = range.map((n) => `scheduled ${n}`);
    const replayed = range.map((n) => `"replayed ${n}"`);
    expect(messages.filter((one) => one.startsWith('scheduled'))).toEqual(scheduled);
    expect(messages.filter((one) => one.startsWith('"replayed')).sort()).toEqual(replayed.sort());
    expect((await calls.scheduler('ListSchedules'))['Schedules']).toEqual([]);
    expect(await calls.events('DescribeReplay', { ReplayName: 'r' })).toMatchObject({ State: 'COMPLETED' });
    expect(column((await local('mail'))['items'], 'id')).toEqual([MessageId]);
    const { events } = await calls.logs('FilterLogEvents', { logGroupName: 'kept' });
    expect(column(events, 'message')).toEqual(['kept']);
  });
});
