/** A run may be cut at any place: written down as JSON, read again and carried on, it is the same run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMachine, drive, type Effect, type ExecutionState, type Json, nextDue, start, step } from './index.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const LAMBDA = 'arn:aws:states:::lambda:invoke';

const OPTIONS = {
  executionArn: 'arn:aws:states:eu-west-1:000000000000:execution:m:one',
  name: 'one',
  roleArn: 'arn:aws:iam::000000000000:role/r',
  stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:m',
  stateMachineName: 'm',
};

type Body = Record<string, Json>;

/** One state, `names` being those it may go to next (or none: it ends). */
const leaf: fc.Arbitrary<Body> = fc.oneof(
  fc.constantFrom<Body>(
    { Type: 'Pass', Output: { n: '{% $states.input.n + 1 %}', r: '{% $random() %}' } },
    { Type: 'Pass', Assign: { seen: '{% $states.input.n %}', id: '{% $uuid() %}' } },
    { Type: 'Pass', QueryLanguage: 'JSONPath', Parameters: { 'n.$': '$.n', 'u.$': 'States.UUID()' } },
    { Type: 'Pass', Output: { n: '{% $nothing %}' } },
    { Type: 'Wait', Seconds: 30 },
    {
      Type: 'Task',
      Resource: LAMBDA,
      Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
      Output: { n: '{% $states.input.n %}', got: '{% $states.result %}' },
    },
    {
      Type: 'Task',
      Resource: `${LAMBDA}.waitForTaskToken`,
      Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task.Token %}' },
      TimeoutSeconds: 20,
      Output: { n: 1 },
    },
  ),
  fc.record({ attempts: fc.integer({ min: 0, max: 2 }), caught: fc.boolean() }).map(({ attempts, caught }) => ({
    Type: 'Task',
    Resource: LAMBDA,
    Arguments: { FunctionName: 'f' },
    Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: attempts, JitterStrategy: 'FULL' }],
    ...(caught && { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Last', Output: { n: 0 } }] }),
    Output: { n: 2 },
  })),
);

function chain(states: Body[], last: Body = { Type: 'Succeed' }): Body {
  const named: Record<string, Json> = {};
  for (const [i, state] of states.entries())
    named[`S${i}`] = { ...state, Next: i + 1 < states.length ? `S${i + 1}` : 'Last' };
  named.Last = last;
  return { StartAt: states.length > 0 ? 'S0' : 'Last', States: named };
}

const flat = fc.array(leaf, { maxLength: 3 }).map((states) => chain(states));

const nested: fc.Arbitrary<Body> = fc.oneof(
  leaf,
  fc
    .array(flat, { minLength: 1, maxLength: 3 })
    .map((Branches) => ({ Type: 'Parallel', Branches, Output: { n: '{% $count($states.result) %}' } })),
  fc
    .record({ item: flat, limit: fc.integer({ min: 0, max: 2 }), distributed: fc.boolean() })
    .map(({ item, limit, distributed }) => ({
      Type: 'Map',
      Items: [{ n: 1 }, { n: 2 }, { n: 3 }],
      MaxConcurrency: limit,
      ItemProcessor: {
        ...item,
        ...(distributed && { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }),
      },
      Output: { n: '{% $count($states.result) %}' },
    })),
);

const definition = fc
  .array(nested, { minLength: 1, maxLength: 4 })
  .map((states) => ({ QueryLanguage: 'JSONata', ...chain(states) }));

/** What a call answers, decided by the call and nothing else. */
function answer(outcomes: number[]) {
  return (effect: Effect) => {
    const outcome = outcomes[effect.ticket % outcomes.length] ?? 0;
    if (outcome === 0) return { error: 'Down', cause: 'as it happens' };
    return outcome === 1 && effect.resource.pattern === 'callback'
      ? ('later' as const)
      : { output: { ticket: effect.ticket } };
  };
}

describe('cutting a run', () => {
  it('after every move, writing it down and reading it again changes nothing', () => {
    fc.assert(
      fc.property(
        definition,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
        fc.uuid(),
        (asked, outcomes, id) => {
          const options = { ...OPTIONS, id, input: { n: 0 } };
          const whole = drive(compileMachine(asked as Json), options, { now: NOW, answer: answer(outcomes) });
          const cut = drive(compileMachine(asked as Json), options, {
            now: NOW,
            answer: answer(outcomes),
            limit: 1,
            between: (state) => JSON.parse(JSON.stringify(state)) as ExecutionState,
          });
          expect(cut.events).toEqual(whole.events);
          expect(cut.state.status).toBe(whole.state.status);
          expect(cut.state.output).toEqual(whole.state.output);
          expect(whole.state.status).not.toBe('RUNNING');
          expect(whole.events.map((event) => event.id)).toEqual(whole.events.map((_, i) => i + 1));
          for (const event of whole.events) expect(event.previousEventId).toBeLessThan(event.id);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('tells of an execution the same whether it is stepped alone or in turns with others', () => {
  const machine = compileMachine({
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', Seconds: 5, Next: 'Again' },
      Again: { Type: 'Wait', Seconds: 5, Next: 'Say' },
      Say: { Type: 'Pass', Parameters: { 'n.$': '$.n' }, End: true },
    } as Json,
  });
  const all = [1, 2, 3].map((n) => ({ ...OPTIONS, id: `run-${n}`, name: `run-${n}`, input: { n } }));
  const alone = all.map((options) => drive(machine, options, { now: NOW, answer: () => 'later' }).events);
  const inTurns = all.map((options) => start(machine, options, NOW));
  const told = inTurns.map(({ events }) => [...events]);
  for (let turn = 0; turn < 2; turn++)
    for (const [i, { state }] of inTurns.entries())
      told[i]?.push(...step(machine, state, { kind: 'time' }, nextDue(state) as number).events);
  expect(told).toEqual(alone);
});
