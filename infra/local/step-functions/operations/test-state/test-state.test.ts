/** TestState, as a developer uses it beside her editor: with made-up answers, and with her own functions. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStepFunctions, type StepFunctions } from '../../index.ts';

const ROLE = 'arn:aws:iam::000000000000:role/r';
const GREET = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'greet', 'Payload.$': '$' },
  Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2 }],
  Next: 'After',
};

let service: StepFunctions;
beforeEach(() => {
  service = createStepFunctions({
    file: ':memory:',
    account: '000000000000',
    region: 'us-east-1',
    clock: { now: () => 0, changed: () => {} },
    lambda: {
      invoke: async (name, payload) =>
        name === 'greet'
          ? { ok: true, payload: `Hello ${(payload as { name: string }).name}` }
          : { ok: false, errorType: 'Busy', errorMessage: 'Later' },
    },
  });
});
afterEach(() => service.close());

const test = (definition: unknown, more: Record<string, unknown> = {}) =>
  service.handle('TestState', { definition: JSON.stringify(definition), roleArn: ROLE, ...more }) as Promise<
    Record<string, unknown>
  >;
const mocked = (result: unknown, more: Record<string, unknown> = {}) => ({
  mock: { result: JSON.stringify(result), ...more },
});

describe('a state tested before it is part of anything', () => {
  it('calls the function it names, and tells what became of it', async () => {
    const answer = await test(GREET, { input: '{"name":"Li"}', inspectionLevel: 'DEBUG' });
    expect(answer).toMatchObject({ status: 'SUCCEEDED', nextState: 'After' });
    expect(JSON.parse(answer.output as string)).toMatchObject({ Payload: 'Hello Li', StatusCode: 200 });
    expect(answer.inspectionData).toMatchObject({
      input: '{"name":"Li"}',
      afterParameters: '{"FunctionName":"greet","Payload":{"name":"Li"}}',
    });
  });

  it('would be retried when the function says it is busy', async () => {
    const busy = { ...GREET, Parameters: { FunctionName: 'busy' } };
    expect(await test(busy)).toMatchObject({ status: 'RETRIABLE', error: 'Busy' });
  });

  it('is given an answer nobody gave, in place of a call, and needs no role then', async () => {
    const answer = await test(GREET, { ...mocked({ Payload: 'Hi' }), roleArn: undefined });
    expect(answer).toEqual({ status: 'SUCCEEDED', output: '{"Payload":"Hi"}', nextState: 'After' });
    await expect(test(GREET, { roleArn: undefined })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'RoleArn must be specified when testing a Task state',
    });
  });

  it('is found by its name in a whole definition', async () => {
    const whole = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } } };
    expect(await test(whole, { stateName: 'A' })).toEqual({ status: 'SUCCEEDED', output: '{}', nextState: 'B' });
    await expect(test(whole, { stateName: 'C' })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it('is refused like a definition, its places named as in one', async () => {
    await expect(test({ Type: 'Pass' })).rejects.toMatchObject({
      code: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/StateName'",
    });
  });

  it.each([
    ['both an answer and an error', GREET, { mock: { result: '{}', errorOutput: {} } }, /only one of/],
    ['an answer that is not JSON', GREET, { mock: { result: 'Hi' } }, /must be valid JSON/],
    ['an answer that the service cannot give', GREET, mocked({ StatusCode: 'ok' }), /'StatusCode' must be a number/],
    ['an unknown way to check', GREET, mocked({}, { fieldValidationMode: 'LAX' }), /'mock.fieldValidationMode'/],
    ['an answer for a state that asks nothing', { Type: 'Pass', End: true }, mocked({}), /'Pass' is not supported/],
    ['a context object without an answer', GREET, { context: '{}' }, /when a mock is specified/],
    ['an unheard-of member of the context', GREET, { ...mocked({}), context: '{"X":1}' }, /'X' is not allowed/],
    [
      'a wrong type in the context',
      GREET,
      { ...mocked({}), context: '{"State":{"Name":1}}' },
      /State\.Name must be a string/,
    ],
    ['variables that are no object', GREET, { ...mocked({}), variables: '[]' }, /JSON object/],
  ])('refuses %s', async (_, definition, more, message) => {
    await expect(test(definition, more)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });
});
