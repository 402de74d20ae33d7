import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import type { Journey } from '../journey/index.ts';
import { sampleFacts } from '../nodes/index.ts';
import { type Compiled, compile, ENDED_ERROR, problemsOf } from './index.ts';
import { FUNCTIONS } from './testing/arns.ts';
import { drawn } from './testing/build.ts';
import { drive } from './testing/drive.ts';
import { quietWorld, type World } from './testing/world.ts';

type Done = Extract<Compiled, { ok: true }>;

function compiled(journey: Journey): Done {
  const result = compile(journey, { version: 3, functions: FUNCTIONS });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  expect(aslValidator(structuredClone(result.asl)).errors).toEqual([]);
  expect(problemsOf(result.asl, FUNCTIONS)).toEqual([]);
  return result;
}

const text = (body: string) => ({ channel: 'inbox', body, byResult: false });
const order = (at: string, id = 'm-9') => ({
  id,
  customer: 'u-1001',
  name: 'Order Completed',
  type: 'track' as const,
  at,
  received: at,
  properties: { total: 10 },
});

const welcome = drawn(
  {
    in: ['enter-event', { event: 'Contact Added' }],
    hello: ['message', text('你好'), '欢迎'],
    week: ['wait', { duration: 'P7D' }, '等一周'],
    ordered: ['branch', { branches: [{ id: 'yes', when: { did: { event: 'Order Completed' } } }] }, '下单了吗'],
    again: ['message', text('再次'), '再次提醒'],
  },
  ['in>hello', 'hello>week', 'week>ordered', 'ordered.else>again'],
);

describe('a new customer', () => {
  test('who does nothing is greeted, waits a week, and is reminded', () => {
    const run = drive(compiled(welcome).asl, welcome, 'in', quietWorld());
    expect(run.status).toBe('SUCCEEDED');
    expect(run.told.map((t) => [t.node, t.outlet, t.at, t.by])).toEqual([
      ['hello', 'next', '2026-03-01T02:00:00.000Z', 'step'],
      ['week', 'next', '2026-03-08T02:00:00.000Z', 'trail'],
      ['ordered', 'else', '2026-03-08T02:00:00.000Z', 'step'],
      ['again', 'next', '2026-03-08T02:00:00.000Z', 'step'],
      ['end', '', '2026-03-08T02:00:00.000Z', 'step'],
    ]);
    expect(run.ended).toBe('completed');
  });

  test('who orders meanwhile is not reminded', () => {
    const world: World = { ...quietWorld(), happens: [order('2026-03-05T00:00:00.000Z')] };
    const run = drive(compiled(welcome).asl, welcome, 'in', world);
    expect(run.told.map((t) => t.node)).toEqual(['hello', 'week', 'ordered', 'end']);
  });

  test('whose enrolment ended while she waited leaves quietly, without another step', () => {
    const ended = {
      before: (p: { node: string }) => (p.node === 'ordered' ? { error: ENDED_ERROR, cause: '' } : undefined),
    };
    const run = drive(compiled(welcome).asl, welcome, 'in', quietWorld(), { faults: ended });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.output).toEqual({ end: 'ended' });
    expect(run.told.map((t) => t.node)).toEqual(['hello']);
    expect(run.states.at(-1)).toBe('Ended');
  });
});

describe('what goes into a step', () => {
  test('only ids, and where and when', () => {
    const run = drive(compiled(welcome).asl, welcome, 'in', quietWorld());
    expect(run.calls[1]).toEqual({
      nodeApi: 1,
      enrolment: 'sample-u1001-1',
      customer: 'u-1001',
      journey: 'test',
      version: 1,
      entry: 'in',
      node: 'ordered',
      visit: 1,
      state: '下单了吗 (ordered)',
      executionId: 'arn:aws:states:us-east-1:111111111111:execution:j:sample-u1001-1',
      enteredAt: '2026-03-08T02:00:00.000Z',
      trail: [{ node: 'week', visit: 1, outlet: 'next', at: '2026-03-08T02:00:00.000Z' }],
    });
  });

  test('the token and the limit, where something is awaited', () => {
    const journey = drawn({ in: ['enter-event'], order: ['wait-for'] }, ['in>order']);
    const run = drive(compiled(journey).asl, journey, 'in', quietWorld());
    expect(run.calls[0]).toMatchObject({ node: 'order', limitAt: '2026-03-08T02:00:00.000Z', trail: [] });
    expect(run.calls[0]!.token).toBeTypeOf('string');
    expect(run.told[0]).toMatchObject({
      node: 'order',
      outlet: 'timed-out',
      at: '2026-03-08T02:00:00.000Z',
      by: 'trail',
    });
  });
});

describe('a step that fails', () => {
  const failing = (times: number) => {
    let left = times;
    return {
      before: (p: { node: string; failure?: unknown }) =>
        p.node === 'ordered' && !p.failure && left-- > 0 ? { error: 'Error', cause: 'no table' } : undefined,
    };
  };

  test('once is tried again, and nobody notices', () => {
    const run = drive(compiled(welcome).asl, welcome, 'in', quietWorld(), { faults: failing(2) });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.told.map((t) => t.node)).toEqual(['hello', 'week', 'ordered', 'again', 'end']);
  });

  test('for good ends the execution at "Failed", with what went wrong', () => {
    const run = drive(compiled(welcome).asl, welcome, 'in', quietWorld(), { faults: failing(99) });
    expect(run.status).toBe('FAILED');
    expect(run.error).toBe('Pergola.Failed');
    expect(run.states.at(-1)).toBe('Failed');
    expect(run.calls.at(-1)!.failure).toEqual({
      state: '下单了吗 (ordered)',
      node: 'ordered',
      error: 'Error',
      cause: 'no table',
      failedRedrive: 0,
      redrive: 0,
    });
    expect(run.calls.at(-1)!.trail).toEqual([
      { node: 'week', visit: 1, outlet: 'next', at: '2026-03-08T02:00:00.000Z' },
    ]);
  });

  test('as the very first has an empty trail', () => {
    const first = {
      before: (p: { failure?: unknown }) => (p.failure ? undefined : { error: 'Error', cause: 'x'.repeat(5000) }),
    };
    const last = drive(compiled(welcome).asl, welcome, 'in', quietWorld(), { faults: first }).calls.at(-1)!;
    expect(last).toMatchObject({ node: 'hello', visit: 1, trail: [], failure: { state: '欢迎 (hello)' } });
    expect(last.failure!.cause).toHaveLength(1000);
  });

  test('goes on with that very step when the execution is redriven, and nothing before it is repeated', () => {
    const run = drive(compiled(welcome).asl, welcome, 'in', quietWorld(), { faults: failing(9), redrives: 1 });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.calls.filter((c) => c.node === 'hello')).toHaveLength(1);
    expect(run.told.map((t) => t.node)).toEqual(['hello', 'week', 'ordered', 'again', 'end']);
    expect(run.states).toContain('Again');
  });
});

describe('how a journey begins', () => {
  const two = drawn(
    {
      byEvent: ['enter-event'],
      byTag: ['enter-tag', { op: 'added', key: '新客' }],
      a: ['message', text('a')],
      b: ['message', text('b')],
    },
    ['byEvent>a', 'byTag>b', 'a>b'],
  );

  test('each entry starts at its own card', () => {
    const { asl, map } = compiled(two);
    expect(asl.StartAt).toBe('Entry');
    expect(drive(asl, two, 'byEvent', quietWorld()).told.map((t) => t.node)).toEqual(['a', 'b', 'end']);
    expect(drive(asl, two, 'byTag', quietWorld()).told.map((t) => t.node)).toEqual(['b', 'end']);
    expect(map.entries.map((e) => e.node)).toEqual(['byEvent', 'byTag']);
  });

  test('entries that lead to the same card cost no state', () => {
    const same = drawn({ x: ['enter-event'], y: ['enter-tag'], m: ['message'] }, ['x>m', 'y>m']);
    expect(compiled(same).asl.StartAt).toBe('发消息 (m)');
  });
});

describe('a loop', () => {
  const course = drawn(
    {
      in: ['enter-event'],
      lesson: ['message', text('课')],
      days: ['wait', { duration: 'P3D' }],
      enough: ['branch', { branches: [{ id: 'yes', when: { did: { event: 'Order Completed' } } }] }],
    },
    ['in>lesson', 'lesson>days', 'days>enough', 'enough.else>lesson'],
  );

  test('counts its rounds, so that every message is another one', () => {
    const world: World = { ...quietWorld(), happens: [order('2026-03-06T00:00:00.000Z')] };
    const run = drive(compiled(course).asl, course, 'in', world);
    expect(run.told.map((t) => [t.node, t.visit])).toEqual([
      ['lesson', 1],
      ['days', 1],
      ['enough', 1],
      ['lesson', 2],
      ['days', 2],
      ['enough', 2],
      ['end', 1],
    ]);
    expect(run.calls.filter((c) => c.node === 'lesson').map((c) => c.visit)).toEqual([1, 2]);
  });
});

describe('names of states', () => {
  test('tell the card by its title and id, and fit AWS', () => {
    const long = '很长的标题'.repeat(30);
    const journey = drawn(
      {
        in: ['enter-event'],
        m: ['message', { ...text('x'), byResult: true }, 'Say "hi": 100% <b>{you}</b>/$1'],
        n: ['message', text('y'), long],
      },
      ['in>m', 'm.sent>n'],
    );
    const { asl, diagnostics } = compiled(journey);
    const names = Object.keys(asl.States);
    expect(names).toContain('Say hi 100 b you b 1 (m)');
    expect(names).toContain('Say hi 100 b you b 1 (m) route');
    for (const name of names) expect(name.length).toBeLessThanOrEqual(80);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'title-too-long', node: 'n' }));
  });
});

describe('the way back from states to cards', () => {
  test('is in the map, with what follows each outlet', () => {
    const { asl, map } = compiled(welcome);
    expect(Object.keys(map.states).sort()).toEqual(Object.keys(asl.States).sort());
    expect(map.states['等一周 (week)']).toEqual({ node: 'week', role: 'wait' });
    expect(map.next['ordered']).toEqual({ yes: null, else: 'again' });
    expect(map.passing).toEqual({ hello: 'step', week: 'trail', ordered: 'step', again: 'step' });
  });
});

test('a card with one way out costs one transition', () => {
  const straight = drawn({ in: ['enter-event'], a: ['message'], b: ['wait'], c: ['tag'], d: ['exit'] }, [
    'in>a',
    'a>b',
    'b>c',
    'c>d',
  ]);
  expect(compiled(straight).estimate.longest).toMatchObject({ transitions: 5, calls: 3 });
});

test('outlets that all lead to the same card cost no choice', () => {
  const both = drawn({ in: ['enter-event'], m: ['message', { ...text('x'), byResult: true }], n: ['exit'] }, [
    'in>m',
    'm.sent>n',
    'm.not-sent>n',
  ]);
  const { asl } = compiled(both);
  expect(
    Object.values(asl.States)
      .filter((s) => s.Type === 'Choice')
      .map((s) => s['Choices']),
  ).toHaveLength(1);
  expect(drive(asl, both, 'in', quietWorld()).told.map((t) => t.outlet)).toEqual(['sent', '']);
});

test('the same document compiles to the same definition', () => {
  expect(JSON.stringify(compiled(welcome).asl)).toBe(JSON.stringify(compiled(structuredClone(welcome)).asl));
});

test('an entry that leads nowhere completes at once', () => {
  const journey = drawn({ in: ['enter-event'] }, []);
  const run = drive(compiled(journey).asl, journey, 'in', { facts: sampleFacts(), happens: [] });
  expect(run.told.map((t) => t.node)).toEqual(['end']);
});
