/** What states do, told as stories. AWS's recordings are the other half: test/conformance. */
import { describe, expect, it } from 'vitest';
import { EXECUTION } from '../../test/support/execution.ts';
import { type CallAnswer, compileMachine, drive, type Effect, type Json, nextDue, start, step } from './index.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const LAMBDA = 'arn:aws:states:::lambda:invoke';

const machine = (states: Record<string, Json>, more: Record<string, Json> = {}) =>
  compileMachine({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0] as string, States: states, ...more });

function run(
  states: Record<string, Json>,
  input: Json = {},
  answer: (effect: Effect) => CallAnswer = () => 'later',
  more: Record<string, Json> = {},
) {
  return drive(machine(states, more), { ...EXECUTION, input }, { now: NOW, answer });
}

describe('a run', () => {
  it('hands values on, and shows a variable only in the next state', () => {
    const { state } = run(
      {
        One: {
          Type: 'Pass',
          Assign: { n: '{% $states.input.n + 1 %}' },
          Output: { seen: '{% $exists($n) %}' },
          Next: 'Two',
        },
        Two: { Type: 'Pass', Output: { n: '{% $n %}', before: '{% $states.input.seen %}' }, End: true },
      },
      { n: 1 },
    );
    expect(state).toMatchObject({ status: 'SUCCEEDED', output: { n: 2, before: false } });
  });

  it('takes the first rule that matches, and fails where none does', () => {
    const states = {
      Which: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Output: 'big' },
          { Condition: '{% $states.input.n > 1 %}', Next: 'Big', Output: 'middling' },
        ],
      },
      Big: { Type: 'Succeed' },
    };
    expect(run(states, { n: 11 }).state.output).toBe('big');
    expect(run(states, { n: 2 }).state.output).toBe('middling');
    expect(run(states, { n: 0 }).state).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('waits a year, and nothing but the clock is needed for it', () => {
    const { state, now, events } = run({ Wait: { Type: 'Wait', Seconds: 31_536_000, End: true } });
    expect(state.status).toBe('SUCCEEDED');
    expect(now).toBe(NOW + 31_536_000_000);
    expect(events.at(-1)?.timestamp).toBe(now);
  });

  it('tries again after growing waits, then catches with the error in hand', () => {
    const tries: number[] = [];
    const driven = drive(
      machine({
        Call: {
          Type: 'Task',
          Resource: LAMBDA,
          Arguments: { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' },
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 30 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught', Output: '{% $states.errorOutput %}' }],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      }),
      { ...EXECUTION, input: {} },
      {
        now: NOW,
        answer: (_, now) => {
          tries.push(now);
          return { error: 'Busy', cause: 'too many' };
        },
      },
    );
    expect(tries.map((at) => (at - NOW) / 1000)).toEqual([0, 2, 8, 26, 56]);
    expect(driven.state.output).toEqual({ Error: 'Busy', Cause: 'too many' });
  });

  it('ends a call that is not answered in time, and one whose heartbeat stops', () => {
    const task = { Type: 'Task', Resource: `${LAMBDA}.waitForTaskToken`, Arguments: { FunctionName: 'f' }, End: true };
    expect(run({ Call: { ...task, TimeoutSeconds: 60 } })).toMatchObject({
      state: { status: 'FAILED', error: 'States.Timeout' },
      now: NOW + 60_000,
    });
    const asked = machine({ Call: { ...task, TimeoutSeconds: 600, HeartbeatSeconds: 10 } });
    const { state } = start(asked, { ...EXECUTION, input: {} }, NOW);
    step(asked, state, { kind: 'heartbeat', ticket: 1 }, NOW + 9_000);
    expect(nextDue(state)).toBe(NOW + 19_000);
    step(asked, state, { kind: 'time' }, NOW + 19_000);
    expect(state).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('goes through branches side by side and keeps their outputs in order', () => {
    const branch = (name: string, payload: Json) => ({
      StartAt: name,
      States: {
        [name]: { Type: 'Task', Resource: LAMBDA, Arguments: { FunctionName: name, Payload: payload }, End: true },
      },
    });
    const { state, events } = run(
      { Both: { Type: 'Parallel', Branches: [branch('a', 1), branch('b', 2)], End: true } },
      {},
      (effect) => ({ output: (effect.parameters as { Payload: Json }).Payload }),
    );
    expect(state.output).toEqual([1, 2]);
    const types = events.map((event) => event.type);
    expect(types.lastIndexOf('TaskScheduled')).toBeLessThan(types.indexOf('TaskStarted'));
  });

  it('stops the other branches when one fails', () => {
    const { events } = run({
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Slow', States: { Slow: { Type: 'Wait', Seconds: 100, End: true } } },
          { StartAt: 'Bad', States: { Bad: { Type: 'Fail', Error: 'Bad' } } },
        ],
        Catch: [{ ErrorEquals: ['Bad'], Next: 'Fine' }],
        End: true,
      },
      Fine: { Type: 'Succeed' },
    });
    expect(events.map((event) => event.type)).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
      'WaitStateEntered',
      'FailStateEntered',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ParallelStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('runs at most so many items of a Map at a time', () => {
    let open = 0;
    let most = 0;
    const asked = machine({
      Each: {
        Type: 'Map',
        Items: '{% [1..7] %}',
        MaxConcurrency: 3,
        ItemProcessor: {
          StartAt: 'Call',
          States: {
            Call: {
              Type: 'Task',
              Resource: LAMBDA,
              Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
              Output: '{% $states.result * 10 %}',
              End: true,
            },
          },
        },
        End: true,
      },
    });
    let result = start(asked, { ...EXECUTION, input: {} }, NOW);
    const calls = [...result.effects];
    open = calls.length;
    while (calls.length > 0) {
      most = Math.max(most, open);
      const call = calls.shift() as Effect;
      open--;
      result = step(
        asked,
        result.state,
        { kind: 'taskSucceeded', ticket: call.ticket, output: (call.parameters as { Payload: Json }).Payload },
        NOW,
      );
      calls.push(...result.effects);
      open += result.effects.length;
    }
    expect(most).toBe(3);
    expect(result.state.output).toEqual([10, 20, 30, 40, 50, 60, 70]);
  });

  it('tolerates as many failed items as a distributed Map allows', () => {
    const each = (count: number) => ({
      Each: {
        Type: 'Map',
        Items: [1, 2, 3, 4],
        ToleratedFailureCount: count,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Odd',
          States: {
            Odd: {
              Type: 'Choice',
              Choices: [{ Condition: '{% $states.input % 2 = 1 %}', Next: 'Bad' }],
              Default: 'Good',
            },
            Bad: { Type: 'Fail', Error: 'Odd' },
            Good: { Type: 'Succeed' },
          },
        },
        End: true,
      },
    });
    expect(run(each(2)).state.status).toBe('SUCCEEDED');
    expect(run(each(1)).state).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('lets a branch read the variables around it, and keeps its own to itself', () => {
    const { state } = run({
      Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'In' },
      In: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'A',
            States: {
              A: { Type: 'Pass', Assign: { inner: 2 }, Next: 'B' },
              B: { Type: 'Pass', Output: '{% $outer + $inner %}', End: true },
            },
          },
        ],
        Next: 'Out',
      },
      Out: { Type: 'Pass', Output: { got: '{% $states.input %}', inner: '{% $exists($inner) %}' }, End: true },
    });
    expect(state.output).toEqual({ got: [3], inner: false });
  });

  it('times out as a whole', () => {
    const { state, events } = run({ Wait: { Type: 'Wait', Seconds: 100, End: true } }, {}, () => 'later', {
      TimeoutSeconds: 30,
    });
    expect(state).toMatchObject({ status: 'TIMED_OUT' });
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionTimedOut', timestamp: NOW + 30_000 });
  });

  it('ends an endless loop at 25,000 events', () => {
    const { state, events } = run({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } });
    expect(state).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(events.at(-1)?.id).toBe(25_000);
  });

  it('assigns no more at once than a payload may hold', () => {
    const half = 'x'.repeat(140_000);
    const assign = (Assign: Record<string, Json>) => run({ P: { Type: 'Pass', Assign, End: true } }).state;
    expect(assign({ one: half })).toMatchObject({ status: 'SUCCEEDED' });
    expect(assign({ one: half, two: half })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('keeps no more than 10 MiB of variables, however often they are set anew', () => {
    const set = (count: number, name: (i: number) => string) => {
      const states = Array.from({ length: count }, (_, i): [string, Json] => [
        `S${i}`,
        {
          Type: 'Pass',
          Assign: { [name(i)]: '{% $states.input %}' },
          ...(i + 1 < count ? { Next: `S${i + 1}` } : { End: true }),
        },
      ]);
      return run(Object.fromEntries(states), '中'.repeat(87_000)).state;
    };
    expect(set(40, (i) => `v${i}`).status).toBe('SUCCEEDED');
    expect(set(41, (i) => `v${i}`)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(set(50, () => 'v').status).toBe('SUCCEEDED');
  });

  it('refuses a result over 256 KiB, counted in bytes', () => {
    const call = { Call: { Type: 'Task', Resource: LAMBDA, Arguments: { FunctionName: 'f' }, End: true } };
    expect(run(call, {}, () => ({ output: 'x'.repeat(262_142) })).state.status).toBe('SUCCEEDED');
    expect(run(call, {}, () => ({ output: '中'.repeat(90_000) })).state).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });

  it('bounds what an expression may hold, and how deep it goes, where AWS does', () => {
    const evaluated = (expression: string) =>
      run({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }).state;
    const sum = (terms: number) => Array.from({ length: terms }, () => '1').join('+');
    expect(evaluated(sum(100))).toMatchObject({ output: 100 });
    expect(evaluated(sum(101)).cause).toContain('evaluation: Stack overflow error: Check for non-terminating');
    expect(evaluated('$count([1..873782])')).toMatchObject({ output: 873_782 });
    expect(evaluated('$count([1..873783])').cause).toContain('evaluation: Expression evaluation memory limit exceeded');
    const doubled = (times: number) =>
      `($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p("x", ${times})))`;
    expect(evaluated(doubled(22))).toMatchObject({ output: 2 ** 22 });
    expect(evaluated(doubled(23)).cause).toContain('memory limit exceeded');
  });

  it('bounds an expression that would not end', () => {
    const { state } = run({
      A: { Type: 'Pass', Output: '{% ($f := function($n) { $f($n + 1) }; $f(0)) %}', End: true },
    });
    expect(state).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it("has no $eval, and AWS's own functions", () => {
    const { state } = run({
      A: {
        Type: 'Pass',
        Output: {
          p: '{% $partition([1..5], 2) %}',
          r: '{% $range(0, 10, 5) %}',
          h: "{% $hash('abc', 'MD5') %}",
          j: "{% $parse('[1]') %}",
          u: '{% $length($uuid()) %}',
        },
        End: true,
      },
    });
    expect(state.output).toEqual({
      p: [[1, 2], [3, 4], [5]],
      r: [0, 5, 10],
      h: '900150983cd24fb0d6963f7d28e17f72',
      j: [1],
      u: 36,
    });
    expect(run({ A: { Type: 'Pass', Output: "{% $eval('1') %}", End: true } }).state.error).toBe(
      'States.QueryEvaluationError',
    );
  });

  it('goes on where it failed when it is redriven', () => {
    const asked = machine({
      First: { Type: 'Task', Resource: LAMBDA, Arguments: { FunctionName: 'one' }, Output: 'kept', Next: 'Second' },
      Second: {
        Type: 'Task',
        Resource: LAMBDA,
        Arguments: { FunctionName: 'two', Payload: '{% $states.input %}' },
        End: true,
      },
    });
    const failing = drive(
      asked,
      { ...EXECUTION, input: {} },
      {
        now: NOW,
        answer: (effect) =>
          (effect.parameters as { FunctionName: string }).FunctionName === 'one' ? { output: 1 } : { error: 'Down' },
      },
    );
    expect(failing.state.status).toBe('FAILED');
    const again = step(asked, failing.state, { kind: 'redrive' }, NOW + 5_000);
    expect(again.events.map((event) => event.type)).toEqual([
      'ExecutionRedriven',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
    ]);
    expect(again.effects[0]?.parameters).toEqual({ FunctionName: 'two', Payload: 'kept' });
    const done = step(
      asked,
      again.state,
      { kind: 'taskSucceeded', ticket: again.effects[0]?.ticket ?? 0, output: 2 },
      NOW + 6_000,
    );
    expect(done.state).toMatchObject({ status: 'SUCCEEDED', output: 2 });
  });
});
