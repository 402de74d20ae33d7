/** Runs one recorded execution on the local service and says where the two differ. */
import { createStepFunctions, type StepFunctions } from '../../infra/local/step-functions/index.ts';
import { AwsError } from '../../infra/local/time-source.ts';
import { recordedLambdas } from './lambda-host.ts';
import { LogGroups } from './log-groups.ts';
import { CONSUMERS, Messages } from './messages.ts';
import { type OtherServices, otherServices } from './other-services.ts';
import type { Compare, ExecutionCase } from './recordings.ts';
import { asOf } from './since.ts';
import { TestClock } from './test-clock.ts';

const ACCOUNT = '111111111111';
const REGION = 'us-east-1';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/test-sfn-role`;
const LOG_GROUP = 'executions';
const LOGGED = {
  level: 'ALL',
  includeExecutionData: true,
  destinations: [
    { cloudWatchLogsLogGroup: { logGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${LOG_GROUP}:*` } },
  ],
};
/** When the recordings name no time. Any moment would do: the recorder replaced all instants. */
const SOME_DAY = Date.parse('2026-01-01T00:00:00Z');
/** An execution still running after so many jumps is given up. */
const MOST_JUMPS = 2_000;

/** What differs; nothing when it agrees. Never throws: what goes wrong is a difference. */
export async function runExecutionCase(one: ExecutionCase, compare: Compare): Promise<string[]> {
  const differences: string[] = [];
  const clock = new TestClock(one.now ? Date.parse(one.now) : SOME_DAY);
  const messages = new Messages();
  // Of an Express execution that was not waited for there is nothing but its log.
  const logs = new LogGroups(`${REGION}:${ACCOUNT}`, [LOG_GROUP]);
  const others = one.tier === 'services' ? otherServices(clock, ACCOUNT, REGION) : undefined;
  const service = createStepFunctions({
    file: ':memory:',
    clock,
    lambda: recordedLambdas(one.lambdas ?? [], clock),
    account: ACCOUNT,
    region: REGION,
    // A recording in which somebody answers messages has a queue that hands them over.
    call: others?.call ?? messages.call,
    logs,
  });
  clock.sources.push(service);
  try {
    if (others) await prepareOthers(others, one);
    await prepare(service, one);
    const started = await begin(service, one);
    await clock.settle();
    const describe = async () =>
      one.machineType === 'EXPRESS' ? (answerOf(started) ?? endIn(logs)) : await describeExecution(service, started);
    let described = await describe();
    for (let i = 0; i < MOST_JUMPS && described.status === 'RUNNING'; i++) {
      const acted = await act(service, one, messages, clock);
      if (!acted && !(await clock.jump())) break;
      described = await describe();
    }
    await clock.settle();
    described = await describe();
    differences.push(...differencesIn(one, asOf(described, one.recordedDate), compare));
    if (one.expected.history && one.machineType !== 'EXPRESS') {
      const events = asOf(await history(service, started.executionArn), one.recordedDate);
      const found = compare.compareHistory(one.expected.history, events, {
        transforms: one.transforms ?? [],
        unordered: one.unordered ?? false,
      });
      differences.push(...(found ?? []));
    }
  } catch (error) {
    differences.push(error instanceof AwsError ? `${error.code}: ${error.message}` : String((error as Error).stack));
  } finally {
    service.close();
    others?.close();
  }
  return differences;
}

/** Buckets, objects and queues that had to be there before. Bytes are written `{"$bytes": base64}`. */
async function prepareOthers({ call }: OtherServices, one: ExecutionCase): Promise<void> {
  for (const { kind, name } of one.resources ?? []) {
    if (kind === 's3') await call('s3', 'CreateBucket', { Bucket: name });
    if (kind === 'sqs') await call('sqs', 'CreateQueue', { QueueName: name });
  }
  for (const step of one.setup ?? []) {
    const [service, operation] = String(step.call ?? '').split(':');
    if (service !== 's3' || !operation) continue;
    const parameters = JSON.parse(String(step.params), (_, value: unknown) => {
      const bytes = (value as { $bytes?: unknown } | null)?.$bytes;
      return typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : value;
    });
    await call(service, operation, parameters);
  }
}

/** What had to be there before: activities, other machines, and executions of those that serve this one. */
async function prepare(service: StepFunctions, one: ExecutionCase): Promise<void> {
  for (const step of one.setup ?? []) {
    if (step.activity) await service.handle('CreateActivity', { name: step.activity });
    if (step.deleteActivity) await service.handle('DeleteActivity', { activityArn: step.deleteActivity });
    if (step.machine) {
      const definition = JSON.stringify(step.definition);
      await service.handle('CreateStateMachine', { name: step.machine, definition, roleArn: ROLE, type: step.type });
    }
    if (step.start) {
      await service.handle('StartExecution', { stateMachineArn: step.start, input: JSON.stringify(step.input ?? {}) });
    }
  }
}

/** Lets those who read the messages answer, and makes the calls that the test made meanwhile. True if there were any. */
async function act(service: StepFunctions, one: ExecutionCase, messages: Messages, clock: TestClock): Promise<boolean> {
  const consumer = one.helpers?.map((helper) => CONSUMERS[helper.name]).find((known) => known !== undefined);
  const unread = messages.unread.splice(0);
  for (const message of unread) {
    if (consumer) void consumer(message, service, clock).catch(() => undefined);
    for (const action of consumer ? [] : (one.actions ?? [])) {
      const operation = action.does.charAt(0).toUpperCase() + action.does.slice(1);
      await service.handle(operation, { ...action.params, taskToken: message.token });
    }
  }
  await clock.settle();
  return unread.length > 0;
}

type Started = { executionArn: string; status?: string };

async function begin(service: StepFunctions, one: ExecutionCase): Promise<Started> {
  const express = one.machineType === 'EXPRESS';
  const created = (await service.handle('CreateStateMachine', {
    name: one.machineName,
    definition: one.definitionText ?? JSON.stringify(one.definition),
    roleArn: ROLE,
    type: one.machineType,
    ...(express && { loggingConfiguration: LOGGED }),
  })) as { stateMachineArn: string };
  // A recorded answer of the start itself is that of a synchronous one.
  const operation = express && one.expected.response ? 'StartSyncExecution' : 'StartExecution';
  return (await service.handle(operation, {
    stateMachineArn: created.stateMachineArn,
    ...(!one.inputOmitted && { input: one.inputText ?? JSON.stringify(one.input) }),
  })) as Started;
}

/** The answer of a start that was waited for. */
function answerOf(started: Started): Record<string, unknown> | undefined {
  return started.status === undefined ? undefined : started;
}

const ENDS: Readonly<Record<string, string>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionAborted: 'ABORTED',
  ExecutionTimedOut: 'TIMED_OUT',
};

/** How an execution ended, by the last line of its log. */
function endIn(logs: LogGroups): Record<string, unknown> {
  const lines = logs.call('GetLogEvents', { logGroupName: LOG_GROUP }) as { type: string; details: object }[];
  const last = lines.at(-1);
  return { status: ENDS[last?.type ?? ''] ?? 'RUNNING', ...last?.details };
}

async function describeExecution(service: StepFunctions, { executionArn }: Started): Promise<Record<string, unknown>> {
  return (await service.handle('DescribeExecution', { executionArn })) as Record<string, unknown>;
}

async function history(service: StepFunctions, executionArn: string): Promise<unknown[]> {
  const events: unknown[] = [];
  let nextToken: string | undefined;
  do {
    const answer = (await service.handle('GetExecutionHistory', {
      executionArn,
      maxResults: 1000,
      ...(nextToken && { nextToken }),
    })) as { events: unknown[]; nextToken?: string };
    events.push(...answer.events);
    nextToken = answer.nextToken;
  } while (nextToken);
  return events;
}

function differencesIn(one: ExecutionCase, described: Record<string, unknown>, compare: Compare): string[] {
  const { expected } = one;
  const options = { ...compare.fromTransforms(one.transforms ?? []), ignoreKeys: compare.IGNORE };
  const found: string[] = [];
  const check = (what: string, wanted: unknown, got: unknown) => {
    const difference = compare.like(wanted, got, options);
    if (difference) found.push(`${what} ${difference}`);
  };
  if (expected.status !== undefined && expected.status !== described.status) {
    found.push(`status: ${described.status} (${described.error}: ${described.cause}) instead of ${expected.status}`);
  }
  if (expected.output !== undefined) {
    const output = typeof described.output === 'string' ? JSON.parse(described.output) : undefined;
    check('output', expected.output, expected.outputIsText ? described.output : output);
  }
  if (expected.error !== undefined) check('error', expected.error, described.error);
  if (expected.cause !== undefined) {
    const cause =
      expected.causeIsJson && typeof described.cause === 'string' ? JSON.parse(described.cause) : described.cause;
    check('cause', expected.cause, cause);
  }
  return found;
}
