/** What is refused before an operation looks at it: as AWS's model of the API has it. */
import { afterAll, describe, expect, it } from 'vitest';
import { createStepFunctions } from './index.ts';
import { OPERATIONS } from './operations/index.ts';

const ROLE = 'arn:aws:iam::000000000000:role/r';
const DEFINITION = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 60, End: true } } });
const service = createStepFunctions({
  file: ':memory:',
  account: '000000000000',
  region: 'us-east-1',
  clock: { now: () => Date.parse('2026-03-01T09:00:00Z'), changed: () => {} },
  lambda: { invoke: async () => ({ ok: true, payload: null }) },
});
afterAll(() => service.close());

const call = (operation: string, body: object = {}) =>
  service.handle(operation, body as Record<string, unknown>) as Promise<Record<string, string>>;
const refused = (operation: string, body: object = {}) =>
  call(operation, body).then(
    () => 'accepted',
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  );
const missing = (member: string) => `Value null at '${member}' failed to satisfy constraint: Member must not be null`;
const tooLong = (shown: string, most: number) =>
  `1 validation error detected: ${shown} failed to satisfy constraint: Member must have length less than or equal to ${most}`;

describe('a request to Step Functions', () => {
  it('that lacks what it must have is told all of it', async () => {
    expect(await refused('StartExecution')).toBe(
      `ValidationException: 1 validation error detected: ${missing('stateMachineArn')}`,
    );
    expect(await refused('CreateStateMachine', { name: 'm' })).toBe(
      `ValidationException: 2 validation errors detected: ${missing('definition')}; ${missing('roleArn')}`,
    );
  });

  it('that may be empty is not refused for it, whichever it is', async () => {
    const empty = ['ListActivities', 'ListStateMachines'];
    for (const operation of OPERATIONS) {
      expect([operation, (await refused(operation)) === 'accepted']).toEqual([operation, empty.includes(operation)]);
    }
  });

  it('with texts that are too long is refused, and what is secret is not repeated', async () => {
    const { stateMachineArn } = await call('CreateStateMachine', { name: 'm', definition: DEFINITION, roleArn: ROLE });
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    const error = 'e'.repeat(257);
    expect(await refused('StopExecution', { executionArn, error })).toContain(tooLong("Value at 'error'", 256));
    expect(await refused('StopExecution', { executionArn, cause: 'c'.repeat(32_769) })).toContain(
      tooLong("Value at 'cause'", 32_768),
    );
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
    const taskToken = 't'.repeat(2_049);
    expect(await refused('SendTaskHeartbeat', { taskToken })).toContain(
      tooLong(`Value '${taskToken}' at 'taskToken'`, 2048),
    );
    const workerName = 'w'.repeat(81);
    const { activityArn } = await call('CreateActivity', { name: 'a' });
    expect(await refused('GetActivityTask', { activityArn, workerName })).toContain(
      tooLong(`Value '${workerName}' at 'workerName'`, 80),
    );
    expect(await refused('RedriveExecution', { executionArn, clientToken: '' })).toContain(
      "Value '' at 'clientToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });

  it('is told at once of all that its model does not allow, wherever it stands', async () => {
    expect(
      await refused('CreateStateMachine', {
        name: '',
        definition: DEFINITION,
        roleArn: ROLE,
        type: 'FAST',
        tags: [{ key: 'ok' }, { key: '', value: 'v' }],
        loggingConfiguration: { level: 'SOME' },
        encryptionConfiguration: { kmsDataKeyReusePeriodSeconds: 59 },
      }),
    ).toBe(
      [
        "ValidationException: 6 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
        "Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "Value 'SOME' at 'loggingConfiguration.level' failed to satisfy constraint: Member must satisfy enum value set: [ALL, ERROR, FATAL, OFF]",
        "Value '59' at 'encryptionConfiguration.kmsDataKeyReusePeriodSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60",
        "Value null at 'encryptionConfiguration.type' failed to satisfy constraint: Member must not be null",
      ].join('; '),
    );
    const route = (weight: number) => ({ stateMachineVersionArn: 'v', weight });
    expect(
      await refused('CreateStateMachineAlias', { name: '1', routingConfiguration: [route(50), route(49), route(101)] }),
    ).toBe(
      [
        "ValidationException: 3 validation errors detected: Value '1' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
        "Value '[RoutingConfigurationListItem(stateMachineVersionArn=v, weight=50), RoutingConfigurationListItem(stateMachineVersionArn=v, weight=49), RoutingConfigurationListItem(stateMachineVersionArn=v, weight=101)]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2",
        "Value '101' at 'routingConfiguration.3.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100",
      ].join('; '),
    );
    expect(await refused('GetExecutionHistory', { executionArn: 'x', nextToken: '', maxResults: -1 })).toContain(
      '2 validation errors detected',
    );
  });

  it('with the ARN of another kind of thing is told which kind that is', async () => {
    const arn = (rest: string) => `arn:aws:states:us-east-1:000000000000:${rest}`;
    const wrong = (kind: string) => `InvalidArn: Invalid Arn: 'Resource type not valid in this context: ${kind}'`;
    expect(await refused('DescribeStateMachine', { stateMachineArn: arn('activity:a') })).toBe(wrong('activity'));
    expect(await refused('GetActivityTask', { activityArn: arn('stateMachine:a') })).toBe(wrong('stateMachine'));
    for (const operation of ['DescribeExecution', 'StopExecution', 'GetExecutionHistory'])
      expect(await refused(operation, { executionArn: arn('express:m:e:i') })).toBe(wrong('express'));
  });

  it('keeps the key of an activity as it was asked for, and describes only versions that it publishes', async () => {
    const own = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'alias/mine' };
    const { activityArn } = await call('CreateActivity', { name: 'locked', encryptionConfiguration: own });
    expect(await call('DescribeActivity', { activityArn })).toMatchObject({ encryptionConfiguration: own });
    expect(await call('CreateActivity', { name: 'locked', encryptionConfiguration: own })).toMatchObject({
      activityArn,
    });
    expect(await refused('CreateActivity', { name: 'locked' })).toContain('ActivityAlreadyExists');
    const nameless = { name: 'm', definition: DEFINITION, roleArn: ROLE, encryptionConfiguration: { type: own.type } };
    expect(await refused('CreateStateMachine', nameless)).toContain('InvalidEncryptionConfiguration');
    const { stateMachineArn } = await call('CreateStateMachine', { name: 'd', definition: DEFINITION, roleArn: ROLE });
    expect(await refused('UpdateStateMachine', { stateMachineArn, roleArn: ROLE, versionDescription: 'first' })).toBe(
      'ValidationException: Version description can only be set when publish is true',
    );
    expect(await refused('StartExecution', { stateMachineArn: `${stateMachineArn}/items` })).toContain(
      'ValidationException',
    );
  });

  it('makes no machine and no activity with more than fifty tags', async () => {
    const tags = Array.from({ length: 51 }, (_, n) => ({ key: `k${n}`, value: 'v' }));
    expect(await refused('CreateStateMachine', { name: 't', definition: DEFINITION, roleArn: ROLE, tags })).toContain(
      'TooManyTags',
    );
    expect(await refused('CreateActivity', { name: 't', tags })).toContain('TooManyTags');
    expect(JSON.stringify([await call('ListStateMachines'), await call('ListActivities')])).not.toContain('"t"');
  });
});
