/** The real AWS SDK against the service, over HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  PublishStateMachineVersionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../time-source.ts';
import { createStepFunctions, type StepFunctions } from './index.ts';

const DAY = Date.parse('2026-03-01T09:00:00Z');
const ROLE = 'arn:aws:iam::000000000000:role/journeys';

let now: number;
let service: StepFunctions;
let server: Server;
let sdk: SFNClient;
let tokens: string[];

/** The least of an endpoint: the operation is in X-Amz-Target, the request and the answer are JSON. */
function serve(): Promise<Server> {
  const made = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    response.setHeader('Content-Type', 'application/x-amz-json-1.0');
    try {
      const answer = await service.handle(operation, JSON.parse(Buffer.concat(chunks).toString() || '{}'));
      response.end(JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      response.statusCode = error.status;
      response.end(JSON.stringify({ __type: error.code, message: error.message, ...error.extra }));
    }
  });
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)));
}

beforeEach(async () => {
  now = DAY;
  tokens = [];
  service = createStepFunctions({
    file: ':memory:',
    clock: { now: () => now, changed: () => {} },
    account: '000000000000',
    region: 'us-east-1',
    lambda: {
      invoke: async (_name, payload) => {
        const { token } = payload as { token?: string };
        if (token) tokens.push(token);
        return { ok: true, payload: { heard: payload } };
      },
    },
  });
  server = await serve();
  sdk = new SFNClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });
});

afterEach(async () => {
  sdk.destroy();
  service.close();
  await new Promise((resolve) => server.close(resolve));
});

async function machine(
  name: string,
  states: Record<string, unknown>,
  startAt = Object.keys(states)[0],
): Promise<string> {
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: startAt, States: states });
  const made = await sdk.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE }));
  return made.stateMachineArn as string;
}

async function settle(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (service.busy());
}

describe('Step Functions, asked by the AWS SDK', () => {
  it('runs a machine to its end and tells its history', async () => {
    const arn = await machine('greet', {
      Greet: { Type: 'Pass', Output: "{% 'hello ' & $states.input.name %}", End: true },
    });
    const started = await sdk.send(
      new StartExecutionCommand({ stateMachineArn: arn, name: 'one', input: '{"name":"Ada"}' }),
    );
    expect(started.startDate).toEqual(new Date(DAY));
    const told = await sdk.send(new DescribeExecutionCommand({ executionArn: started.executionArn }));
    expect(told).toMatchObject({ status: 'SUCCEEDED', output: '"hello Ada"', name: 'one' });
    const { events } = await sdk.send(new GetExecutionHistoryCommand({ executionArn: started.executionArn }));
    expect(events?.map((event) => event.type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    const backwards = await sdk.send(
      new GetExecutionHistoryCommand({ executionArn: started.executionArn, reverseOrder: true, maxResults: 3 }),
    );
    expect(backwards.events?.map((event) => event.id)).toEqual([4, 3, 2]);
    const rest = await sdk.send(
      new GetExecutionHistoryCommand({
        executionArn: started.executionArn,
        reverseOrder: true,
        maxResults: 3,
        nextToken: backwards.nextToken,
      }),
    );
    expect(rest.events?.map((event) => event.id)).toEqual([1]);
    expect(rest.nextToken).toBeUndefined();
    const bare = await sdk.send(
      new GetExecutionHistoryCommand({ executionArn: started.executionArn, includeExecutionData: false }),
    );
    expect(bare.events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'Greet' });
    expect(bare.events?.[3]?.executionSucceededEventDetails).toEqual({});
  });

  it('waits until the clock has come to the day, and can be stopped while it waits', async () => {
    const arn = await machine('wait', {
      Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Done' },
      Done: { Type: 'Succeed' },
    });
    const first = await sdk.send(new StartExecutionCommand({ stateMachineArn: arn, name: 'patient' }));
    const second = await sdk.send(new StartExecutionCommand({ stateMachineArn: arn, name: 'stopped' }));
    await sdk.send(new StopExecutionCommand({ executionArn: second.executionArn, cause: 'left' }));
    expect(service.nextDue()).toBe(DAY + 86_400_000);
    now = DAY + 86_400_000;
    await service.fireDue(now);
    expect(await sdk.send(new DescribeExecutionCommand({ executionArn: first.executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: new Date(now),
    });
    expect(await sdk.send(new DescribeExecutionCommand({ executionArn: second.executionArn }))).toMatchObject({
      status: 'ABORTED',
      cause: 'left',
    });
    expect(service.nextDue()).toBeUndefined();
  });

  it('hands a token to a function, goes on when it comes back, and refuses it a second time', async () => {
    const arn = await machine('ask', {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'asker', Payload: { token: '{% $states.context.Task.Token %}' } },
        TimeoutSeconds: 60,
        End: true,
      },
    });
    const { executionArn } = await sdk.send(new StartExecutionCommand({ stateMachineArn: arn }));
    await settle();
    const [taskToken] = tokens;
    await sdk.send(new SendTaskSuccessCommand({ taskToken, output: '{"yes":true}' }));
    expect(await sdk.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"yes":true}',
    });
    const { events } = await sdk.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map((event) => event.type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    await expect(sdk.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toBeInstanceOf(
      TaskTimedOut,
    );
  });

  it('starts a name once: the same request again is the same execution, another input is refused', async () => {
    const arn = await machine('long', { Wait: { Type: 'Wait', Seconds: 10, End: true } });
    const once = await sdk.send(new StartExecutionCommand({ stateMachineArn: arn, name: 'n', input: '{"a":1}' }));
    const again = await sdk.send(new StartExecutionCommand({ stateMachineArn: arn, name: 'n', input: '{"a":1}' }));
    expect(again.executionArn).toBe(once.executionArn);
    await expect(
      sdk.send(new StartExecutionCommand({ stateMachineArn: arn, name: 'n', input: '{"a":2}' })),
    ).rejects.toBeInstanceOf(ExecutionAlreadyExists);
  });

  it('starts by version, and lists by machine', async () => {
    const arn = await machine('versioned', { One: { Type: 'Pass', Output: 1, End: true } });
    const { stateMachineVersionArn } = await sdk.send(new PublishStateMachineVersionCommand({ stateMachineArn: arn }));
    expect(stateMachineVersionArn).toBe(`${arn}:1`);
    const { executionArn } = await sdk.send(new StartExecutionCommand({ stateMachineArn: stateMachineVersionArn }));
    const { executions } = await sdk.send(new ListExecutionsCommand({ stateMachineArn: arn }));
    expect(executions).toMatchObject([{ executionArn, stateMachineVersionArn, status: 'SUCCEEDED' }]);
    const { stateMachines } = await sdk.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map((one) => one.name)).toEqual(['versioned']);
  });
});
