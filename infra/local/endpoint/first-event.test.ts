import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.ts';
import { sdk } from '../test-support/start.ts';

const run = promisify(execFile);
const awsCli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);
if (!awsCli) console.info('skipped: the AWS CLI is not installed (apt-get install awscli)');

const MACHINE = 'pergola-jny-new-customer';

/** What an app puts when somebody adds the shop as a contact; the pack's journey welcomes her, then waits for a week. */
const added = (customer: string) => ({
  EventBusName: 'pergola',
  Source: 'shop.web',
  DetailType: 'track',
  Detail: JSON.stringify({
    type: 'track',
    messageId: `added-${customer}`,
    event: 'Contact Added',
    userId: customer,
    properties: { channel: '公众号引流' },
  }),
});

interface Listed {
  readonly executionArn?: string | undefined;
  readonly status?: string | undefined;
}

describe("an app's first event on the whole stack, with the pack and the real functions", { timeout: 120_000 }, () => {
  const data = mkdtempSync(join(tmpdir(), 'pergola-first-event-'));
  let stack: Stack;
  let known: Set<string | undefined>;
  beforeAll(async () => {
    stack = await startStack({ data, port: 0, consolePort: 0, quiet: true, console: false });
    known = new Set();
  }, 60_000);
  afterAll(async () => {
    await stack.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** The one execution that was not there before. */
  const onlyNew = (executions: readonly Listed[] | undefined): string => {
    const fresh = (executions ?? []).filter(({ executionArn }) => !known.has(executionArn));
    expect(fresh).toEqual([expect.objectContaining({ status: 'RUNNING' })]);
    known.add(fresh[0]?.executionArn);
    return fresh[0]?.executionArn ?? '';
  };
  const expectWelcomedAndWaiting = (events: readonly { type?: string | undefined }[] | undefined): void => {
    const types = (events ?? []).map(({ type }) => type);
    expect(types[0]).toBe('ExecutionStarted');
    expect(types).toContain('TaskSucceeded');
    expect(types.at(-1), 'she waits').toBe('WaitStateEntered');
  };

  it('starts her journey, as the SDK sees it', async () => {
    const steps = new SFNClient(sdk(stack));
    const put = await new EventBridgeClient(sdk(stack)).send(new PutEventsCommand({ Entries: [added('u-sdk')] }));
    expect(put.FailedEntryCount).toBe(0);
    await stack.clock.settled();
    const { stateMachines } = await steps.send(new ListStateMachinesCommand({}));
    const stateMachineArn = stateMachines?.find(({ name }) => name === MACHINE)?.stateMachineArn;
    const executionArn = onlyNew((await steps.send(new ListExecutionsCommand({ stateMachineArn }))).executions);
    expectWelcomedAndWaiting((await steps.send(new GetExecutionHistoryCommand({ executionArn }))).events);
  });

  it.skipIf(!awsCli)('starts her journey, as the AWS CLI sees it', async () => {
    const aws = async (...args: string[]) => {
      const { stdout } = await run('aws', ['--endpoint-url', stack.urls.endpoint, '--output', 'json', ...args], {
        env: {
          PATH: process.env['PATH'] ?? '',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          AWS_DEFAULT_REGION: 'us-east-1',
        },
      });
      return JSON.parse(stdout);
    };
    const entries = JSON.stringify([added('u-cli')]);
    expect(await aws('events', 'put-events', '--entries', entries)).toMatchObject({ FailedEntryCount: 0 });
    await stack.clock.settled();
    const { stateMachines } = await aws('stepfunctions', 'list-state-machines');
    const machine = stateMachines.find(({ name }: { name: string }) => name === MACHINE).stateMachineArn;
    const { executions } = await aws('stepfunctions', 'list-executions', '--state-machine-arn', machine);
    const execution = onlyNew(executions);
    const { events } = await aws('stepfunctions', 'get-execution-history', '--execution-arn', execution);
    expectWelcomedAndWaiting(events);
  });
});
