import { GetFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';

describe('Lambda, driven by the AWS SDK', () => {
  let stack: TestStack;
  let lambda: LambdaClient;
  beforeAll(async () => {
    stack = await startTestStack();
    lambda = new LambdaClient(sdk(stack));
    await stack.local('clock', { to: '2030-01-01T00:00:00Z', freeze: true });
  });
  afterAll(() => stack.end());

  it('says which functions there are', async () => {
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    expect(Functions.map(({ FunctionName }) => FunctionName)).toContain('pergola-steps-decide');
    expect(await lambda.send(new GetFunctionCommand({ FunctionName: 'pergola-ingest' }))).toMatchObject({
      Configuration: { Timeout: 2, MemorySize: 128 },
    });
  });

  it('takes an asynchronous call for good: it is made again after a failure', async () => {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: 'pergola-steps-decide', InvocationType: 'Event', Payload: '{"fail":"once"}' }),
    );
    expect(answer.StatusCode).toBe(202);
    await stack.local('clock', { advance: 'PT1H' });
    expect(stack.calls('step').map(({ event }) => event)).toEqual(Array(3).fill({ fail: 'once' }));
  });
});
