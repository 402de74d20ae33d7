import { expect, test } from 'vitest';
import { compile, problemsOf } from './index.ts';
import type { AslState } from './program.ts';
import { FUNCTIONS } from './testing/arns.ts';
import { drawn } from './testing/build.ts';

const journey = drawn({ in: ['enter-event'], w: ['wait-for'], m: ['message'] }, ['in>w', 'w.a>m']);
const result = compile(journey, { version: 1, functions: FUNCTIONS });
if (!result.ok) throw new Error('does not compile');
const { asl } = result;

/** What is found when one state is changed; a field of undefined is taken out. */
function problems(name: string, fields: Record<string, unknown>): string[] {
  const state = Object.fromEntries(
    Object.entries({ ...asl.States[name], ...fields }).filter(([, value]) => value !== undefined),
  );
  return problemsOf({ ...asl, States: { ...asl.States, [name]: state as AslState } }, FUNCTIONS);
}

test('a compiled definition has nothing wrong with it', () => {
  expect(problemsOf(asl, FUNCTIONS)).toEqual([]);
});

test('a resource that is not ours is seen', () => {
  expect(problems('发消息 (m)', { Resource: 'arn:aws:states:::dynamodb:putItem' })).toContain(
    '发消息 (m) uses arn:aws:states:::dynamodb:putItem',
  );
  const call = (arn: string) => problems('发消息 (m)', { Arguments: { FunctionName: arn, Payload: {} } });
  expect(call('arn:aws:lambda:us-east-1:1:function:other')).toEqual([
    '发消息 (m) calls arn:aws:lambda:us-east-1:1:function:other',
  ]);
});

test('whoever can publish wields the execution role: nothing but a call of a step handler gets through', () => {
  const name = '发消息 (m)';
  const call = (FunctionName: string) => problems(name, { Arguments: { FunctionName, Payload: {} } });
  expect(call(`${FUNCTIONS.perform}-other`)).toEqual([`${name} calls ${FUNCTIONS.perform}-other`]);
  expect(call('{% $states.input.fn %}')).toEqual([`${name} calls {% $states.input.fn %}`]);
  expect(problems(name, { Arguments: undefined })).toEqual([`${name} calls undefined`]);
  expect(problems(name, { Type: 'Parallel', Branches: [] })).toContain(`${name} is of the kind Parallel`);
});

test('a token that is awaited but not passed is seen', () => {
  expect(problems('等待发生 (w)', { Arguments: { FunctionName: FUNCTIONS.await, Payload: {} } })).toEqual([
    '等待发生 (w) passes no token',
  ]);
});

test('a call that could hang for ever is seen', () => {
  expect(problems('发消息 (m)', { TimeoutSeconds: undefined })).toEqual(['发消息 (m) has no timeout']);
});

test('an arrow to nowhere, and a state that nothing leads to, are seen', () => {
  expect(problems('发消息 (m)', { Next: 'Nowhere' })).toContain('发消息 (m) leads to Nowhere, which is not a state');
  expect(problems('等待发生 (w)', { Next: 'Completed' })).toContain('发消息 (m) is never reached');
});

test('a variable that is read before it is set on some way is seen, one in a text is not', () => {
  const unset = problems('等待发生 (w)', { Assign: undefined });
  expect(unset).toContain('发消息 (m) reads $trail, which may not be set');
  expect(problems('发消息 (m)', { Output: "{% 'costs $five' %}" })).toEqual([]);
  expect(problems('发消息 (m)', { Output: '{% $five %}' })).toEqual(['发消息 (m) reads $five, which may not be set']);
});
