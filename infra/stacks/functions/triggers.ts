import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type Function as Lambda,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { type FunctionName, STEP_ALIAS, type Trigger } from '../../topology.ts';
import { acknowledge, wildcard } from '../acknowledge.ts';
import type { BusStack } from '../bus.ts';
import type { DataStack } from '../data.ts';
import { functionName, tableArn } from '../names.ts';
import { deadLetters } from '../queues.ts';

export interface TriggerContext<T extends Trigger> {
  readonly scope: Construct;
  readonly name: FunctionName;
  readonly lambda: Lambda;
  readonly trigger: T;
  readonly data: DataStack;
  readonly bus: BusStack;
}

type Binders = { readonly [K in Trigger['type']]: (context: TriggerContext<Extract<Trigger, { type: K }>>) => void };

/** How each kind of trigger reaches its function. HTTP routes are made by the web stack, which owns the API. */
const BINDERS: Binders = { queue, stream, schedule, step, http: () => {} };

/** Connects a function to its trigger. */
export function connect(context: TriggerContext<Trigger>): void {
  (BINDERS[context.trigger.type] as (context: TriggerContext<Trigger>) => void)(context);
}

function queue({ scope, name, lambda, trigger, bus }: TriggerContext<Extract<Trigger, { type: 'queue' }>>): void {
  const source = bus.queues[trigger.name]!;
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      resources: [source.queueArn],
    }),
  );
  const mapping = new EventSourceMapping(scope, `${name}-source`, {
    target: lambda,
    eventSourceArn: source.queueArn,
    batchSize: trigger.batchSize,
    ...(trigger.windowSeconds === undefined ? {} : { maxBatchingWindow: Duration.seconds(trigger.windowSeconds) }),
    ...(trigger.concurrency === undefined ? {} : { maxConcurrency: trigger.concurrency }),
    reportBatchItemFailures: true,
  });
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      "For SQS the failure destination is the queue's own dead-letter queue, which is set.",
  });
}

/**
 * Records are tried 20 times with growing pauses, halved batch by batch until the one that fails stands alone; then
 * their place in the stream goes to a dead-letter queue. DynamoDB keeps the records for 24 hours: a record is given up
 * after 12, so that half a day is left to read it by that place.
 */
function stream({ scope, name, lambda, trigger, data }: TriggerContext<Extract<Trigger, { type: 'stream' }>>): void {
  const arn = data.tables[trigger.table].tableStreamArn!;
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [arn],
    }),
  );
  const anyStream = `${tableArn(scope, trigger.table)}/stream/*`;
  lambda.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [anyStream] }));
  acknowledge(lambda.role!, { [wildcard(anyStream)]: 'Listing the streams of one table has no narrower resource.' });
  new EventSourceMapping(scope, `${name}-source`, {
    target: lambda,
    eventSourceArn: arn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: trigger.batchSize,
    parallelizationFactor: trigger.parallel ?? 1,
    ...(trigger.windowSeconds === undefined ? {} : { maxBatchingWindow: Duration.seconds(trigger.windowSeconds) }),
    ...(trigger.onlyInserts ? { filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })] } : {}),
    bisectBatchOnError: true,
    retryAttempts: 20,
    maxRecordAge: Duration.hours(12),
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(deadLetters(scope, name)),
  });
}

/**
 * EventBridge Scheduler, which calls the function asynchronously. A tick that cannot be delivered within its own period
 * is worthless, and one that failed is not repeated: the next does what it left. Both are seen in the DLQ.
 */
function schedule({ scope, name, lambda, trigger }: TriggerContext<Extract<Trigger, { type: 'schedule' }>>): void {
  const { account } = Stack.of(scope);
  const dlq = deadLetters(scope, name);
  lambda.configureAsyncInvoke({
    retryAttempts: 0,
    maxEventAge: Duration.seconds(60),
    onFailure: new SqsDestination(dlq),
  });
  const role = new Role(scope, `${name}-schedule-role`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
    inlinePolicies: {
      tick: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }),
          new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dlq.queueArn] }),
        ],
      }),
    },
  });
  new CfnSchedule(scope, `${name}-schedule`, {
    name: functionName(name),
    scheduleExpression: rate(trigger.everySeconds),
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: lambda.functionArn,
      roleArn: role.roleArn,
      deadLetterConfig: { arn: dlq.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: Math.max(60, trigger.everySeconds), maximumRetryAttempts: 3 },
    },
  });
}

/** Scheduler counts in whole minutes. */
function rate(seconds: number): string {
  if (seconds % 60 !== 0) throw new UnschedulableRate(seconds);
  const minutes = seconds / 60;
  return `rate(${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`;
}

class UnschedulableRate extends Error {
  readonly code = 'unschedulable-rate';
  constructor(seconds: number) {
    super(`A schedule of ${seconds} s cannot be deployed: EventBridge Scheduler counts in whole minutes`);
  }
}

/** State machines call the alias, which every deploy moves to the newest code. */
function step({ scope, name, lambda }: TriggerContext<Extract<Trigger, { type: 'step' }>>): void {
  new Alias(scope, `${name}-${STEP_ALIAS}`, { aliasName: STEP_ALIAS, version: lambda.currentVersion });
}
