/**
 * Every operation of the services beside Step Functions (which has its own such story) and DynamoDB (another program's),
 * called in the order in which somebody would: with the AWS SDK, and the same story with the AWS CLI.
 */
import * as logsSdk from '@aws-sdk/client-cloudwatch-logs';
import * as eventsSdk from '@aws-sdk/client-eventbridge';
import * as lambdaSdk from '@aws-sdk/client-lambda';
import * as s3Sdk from '@aws-sdk/client-s3';
import * as schedulerSdk from '@aws-sdk/client-scheduler';
import * as sesSdk from '@aws-sdk/client-sesv2';
import * as sqsSdk from '@aws-sdk/client-sqs';
import * as stsSdk from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCli } from '../test-support/aws-cli.ts';
import { type Call, cliCaller, sdkCaller } from '../test-support/callers.ts';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';
import { email } from '../test-support/stories/email.ts';
import { eventBridge } from '../test-support/stories/event-bridge.ts';
import { lambda } from '../test-support/stories/lambda.ts';
import { logs } from '../test-support/stories/logs.ts';
import { s3 } from '../test-support/stories/s3.ts';
import { scheduler } from '../test-support/stories/scheduler.ts';
import { sqs } from '../test-support/stories/sqs.ts';
import type { Story } from '../test-support/stories/story.ts';
import { sts } from '../test-support/stories/sts.ts';

type Settings = ReturnType<typeof sdk>;

const STORIES: readonly (readonly [string, Story, (settings: Settings) => Call])[] = [
  ['EventBridge', eventBridge, (settings) => sdkCaller(eventsSdk, new eventsSdk.EventBridgeClient(settings))],
  ['SQS', sqs, (settings) => sdkCaller(sqsSdk, new sqsSdk.SQSClient(settings))],
  ['Scheduler', scheduler, (settings) => sdkCaller(schedulerSdk, new schedulerSdk.SchedulerClient(settings))],
  ['SES v2', email, (settings) => sdkCaller(sesSdk, new sesSdk.SESv2Client(settings))],
  ['CloudWatch Logs', logs, (settings) => sdkCaller(logsSdk, new logsSdk.CloudWatchLogsClient(settings))],
  ['S3', s3, (settings) => sdkCaller(s3Sdk, new s3Sdk.S3Client(settings))],
  ['Lambda', lambda, (settings) => sdkCaller(lambdaSdk, new lambdaSdk.LambdaClient(settings))],
  ['STS', sts, (settings) => sdkCaller(stsSdk, new stsSdk.STSClient(settings))],
];
const ELSEWHERE = ['DynamoDB', 'Step Functions'];

const program = await awsCli();

describe('every operation of', { timeout: 240_000 }, () => {
  let stack: TestStack;
  let emulated: { label: string; operations?: string[] }[];

  beforeAll(async () => {
    stack = await startTestStack();
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
    emulated = (await stack.local<{ items: typeof emulated }>('services')).items;
  });
  afterAll(() => stack.end());

  const world = (tag: string, call: Call) => ({
    call,
    tag,
    sqs: sdkCaller(sqsSdk, new sqsSdk.SQSClient(sdk(stack))),
    now: () => stack.clock.now(),
    pass: (advance: string) => stack.local('clock', { advance }),
  });

  it('each service has a story', () => {
    const told = STORIES.map(([label]) => label);
    expect(emulated.map(({ label }) => label).sort()).toEqual([...told, ...ELSEWHERE].sort());
  });

  describe.each(STORIES)('%s', (label, story, connect) => {
    it('is called by the AWS SDK', async () => {
      const called = new Set<string>();
      const call = connect(sdk(stack));
      await story.tell(
        world('sdk', (operation, input) => {
          called.add(operation);
          return call(operation, input);
        }),
      );
      expect([...called].sort()).toEqual(emulated.find((service) => service.label === label)?.operations);
    });

    it.skipIf(!program)('is called by the AWS CLI, as far as the one that is installed knows it', async () => {
      const unknown = new Set<string>();
      const endpoint = stack.urls.endpoint;
      const otherwise = connect(sdk(stack));
      await story.tell(world('cli', cliCaller({ program: program ?? '', endpoint, otherwise, unknown, ...story })));
      if (unknown.size > 0) console.info(`not known to this AWS CLI, called by the SDK: ${[...unknown].join(', ')}`);
    });
  });
});
