import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Journey } from '../../shared/journey/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type HandDriven, insertedRows, type StepCall, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { bodyIn, type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { handler as enrol } from '../events/enrol.ts';
import { handler as ingest } from '../events/ingest.ts';
import { handler as taskOutcomes } from '../events/task-outcomes.ts';
import { handler as withdrawTasks } from '../events/withdraw-tasks.ts';
import { publishJourney } from '../http/publish-journey.ts';
import { enrolmentsOf } from '../ports/enrolments/index.ts';
import { saveDraft } from '../ports/journeys/index.ts';
import { messagesOf } from '../ports/messages/index.ts';
import { advanceCustomer, loadState } from '../ports/profiles/index.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { states } from '../ports/states/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { closeTask, tasksOf } from '../ports/tasks/index.ts';
import { handler as awaits } from './await.ts';
import { handler as decide } from './decide.ts';
import { handler as perform } from './perform.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const HANDLERS = { decide, perform, await: awaits };

let tables: LocalTables;
let machines: HandDriven;
let sdk: SdkCalls;
let count = 0;

beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  machines = await startHandDriven(() => Date.parse(NOW));
  sdk = watchSdkCalls(documents() as never, states() as never);
});
afterAll(async () => {
  await machines.stop();
  await tables.stop();
});
beforeEach(async () => {
  setClock(NOW);
  await tables.empty();
  const tag = { key: 'greeted', name: { zh: '招呼过', en: 'Greeted' }, category: 'basic', manual: true } as const;
  await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [tag] }, 0);
});

/** One customer enters a journey of these nodes by an event; the first call of its machine. */
async function entered(nodes: Journey['nodes'], ...lines: string[]): Promise<{ customer: string; call: StepCall }> {
  const id = await live({}, nodes, ...lines);
  const customer = `customer-${count}`;
  await happens(customer, id);
  return { customer, call: await machines.nextCall() };
}

/** A journey that the event of its own name lets in. */
async function live(more: Partial<Journey>, nodes: Journey['nodes'], ...lines: string[]): Promise<string> {
  const id = `story-${++count}`;
  const document = journey(id, {
    nodes: [node('in', 'enter-event', { event: id }), ...nodes],
    edges: edges(...lines),
    ...more,
  });
  await saveDraft({ id, name: id, document, base: 0, now: NOW });
  await publishJourney(id, 1);
  return id;
}

async function happens(customer: string, event: string): Promise<void> {
  await ingest(busBatch([tracked(customer, event, NOW)]), lambdaContext);
  const records = await insertedRows(tables, 'profiles');
  await enrol(
    { Records: records.filter(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S === `c#${customer}`) },
    lambdaContext,
  );
}

const serve = (call: StepCall) => HANDLERS[call.handler](call.payload as never, lambdaContext);
const passage = async (customer: string) => (await enrolmentsOf(customer))[0]!;
const hello = node('hello', 'message', { channel: 'inbox', body: '你好', byResult: false });

describe('a message step', () => {
  it('sends once however often and wherever it is cut off, and always answers the same', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let n = 0; n < 4; n++) {
        const { customer, call } = await entered([hello], 'in -> hello');
        sdk.breakAt(n, when);
        await serve(call).catch(() => undefined);
        sdk.breakAt(undefined);
        expect(await serve(call)).toEqual({ outlet: 'next' });
        expect(await serve(call)).toEqual({ outlet: 'next' });
        expect(await messagesOf([customer])).toHaveLength(1);
        expect((await passage(customer)).path['hello#1']).toEqual({ outlet: 'next', at: NOW });
      }
    }
  });

  it('does nothing any more once the enrolment has ended', async () => {
    const { customer, call } = await entered([hello], 'in -> hello');
    await perform({ ...call.payload, end: { outcome: 'completed', reason: 'test' } } as never, lambdaContext);
    await expect(serve(call)).rejects.toMatchObject({ name: 'Pergola.Ended' });
    expect(await messagesOf([customer])).toEqual([]);
  });
});

describe('a message about something that she does not want', () => {
  const guard = {
    key: 'no-visits',
    name: { zh: '不接受上门服务', en: 'Wants no home visits' },
    category: 'need',
    manual: true,
    excludes: ['上门服务'],
  } as const;
  const visit = node('visit', 'message', { channel: 'inbox', body: '预约上门', topics: ['上门服务'], byResult: true });

  it('is not sent, and the ledger says which tag excluded it', async () => {
    await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [guard] }, 1);
    const { customer, call } = await entered([visit], 'in -> visit');
    const inputs = [{ type: 'tag', op: 'add', key: 'no-visits', cause: 'staff' }] as const;
    await advanceCustomer(customer, { inputs }, await currentRules(), NOW);
    expect(await serve(call)).toEqual({ outlet: 'not-sent' });
    expect(await messagesOf([customer])).toMatchObject([
      { status: 'suppressed', reason: 'excluded', why: { en: expect.stringContaining('“Wants no home visits”') } },
    ]);
  });

  it('reaches everybody else', async () => {
    await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [guard] }, 1);
    const { customer, call } = await entered([visit], 'in -> visit');
    expect(await serve(call)).toEqual({ outlet: 'sent' });
    expect(await messagesOf([customer])).toMatchObject([{ status: 'sent', body: '预约上门' }]);
  });
});

describe('a tag step', () => {
  it('gives the tag once, with its journey as the cause', async () => {
    const greet = node('greet', 'tag', { op: 'add', keys: ['greeted'] });
    const { customer, call } = await entered([greet], 'in -> greet');
    for (let n = 0; n < 4; n++) {
      sdk.breakAt(n, 'after');
      await serve(call).catch(() => undefined);
    }
    sdk.breakAt(undefined);
    await serve(call);
    const { state } = await loadState(customer);
    expect(Object.keys(state.tags)).toEqual(['greeted']);
    const rows = (await tables.rows('profiles')).filter(({ sk }) => String(sk?.['S']).startsWith('h#'));
    expect(rows).toHaveLength(1);
    expect(bodyIn(rows[0]!)[0].cause).toMatchObject({ by: 'journey', depth: 1 });
  });
});

describe('a step that waits for something', () => {
  const wait = node('wait', 'wait-for', {
    for: [{ id: 'came', on: { type: 'event', event: 'Came' } }],
    limit: 'P3D',
    since: 'here',
  });

  it('is resumed by the event that comes after', async () => {
    const { customer, call } = await entered([wait, hello], 'in -> wait', 'wait:came -> hello');
    await serve(call);
    expect((await passage(customer)).wait?.node).toBe('wait');
    setClock('2026-03-01T12:00:05.000Z');
    await happens(customer, 'Came');
    const next = await machines.nextCall();
    expect(next.payload).toMatchObject({ node: 'hello', trail: [{ node: 'wait', outlet: 'came' }] });
    expect(await passage(customer)).toMatchObject({ at: 'hello', path: { 'wait#1': { outlet: 'came' } } });
    expect((await passage(customer)).wait).toBeUndefined();
  });

  it('does not sleep through an event that came while the wait was being stored', async () => {
    const { customer, call } = await entered([wait, hello], 'in -> wait', 'wait:came -> hello');
    await happens(customer, 'Came');
    expect((await machines.executions())[`${(await passage(customer)).id}.1`]).toBe('RUNNING');
    await serve(call);
    expect((await machines.nextCall()).payload).toMatchObject({ node: 'hello' });
  });

  it('keeps the newest token when the call is repeated', async () => {
    const { customer, call } = await entered([wait, hello], 'in -> wait', 'wait:came -> hello');
    await serve({ ...call, payload: { ...call.payload, token: 'of an earlier attempt' } });
    await serve(call);
    expect((await passage(customer)).wait?.token).toBe(call.payload['token']);
  });

  it('survives a crash between the answer and the mark: the record comes again and changes nothing', async () => {
    const { customer, call } = await entered([wait, hello], 'in -> wait', 'wait:came -> hello');
    await serve(call);
    sdk.reset();
    await ingest(busBatch([tracked(customer, 'Came', NOW)]), lambdaContext);
    const records = (await insertedRows(tables, 'profiles')).filter(
      ({ dynamodb }) => dynamodb?.Keys?.['pk']?.S === `c#${customer}`,
    );
    // Two calls come first: the list of journeys and her enrolments; the third answers the task.
    sdk.breakAt(2, 'after');
    const first = await enrol({ Records: records }, lambdaContext);
    expect(first.batchItemFailures).toHaveLength(1);
    const again = await enrol({ Records: records }, lambdaContext);
    expect(again.batchItemFailures).toEqual([]);
    expect((await machines.nextCall()).payload).toMatchObject({ node: 'hello' });
    expect(machines.pending()).toBe(0);
    expect((await passage(customer)).wait).toBeUndefined();
  });
});

describe('a step that gives a colleague something to do', () => {
  const call_ = node('call', 'staff-task', {
    way: 'call',
    title: '给{{ user.name | default: "她" }}打电话',
    assign: 'anyone',
    due: 'PT2H',
    limit: 'P1D',
  });
  const ways = ['in -> call', 'call:done -> hello'];
  /** The stream records of all changes that people made to tasks. */
  const outcomes = async () =>
    (await insertedRows(tables, 'tasks')).map((record) => ({
      ...record,
      eventName: 'MODIFY' as const,
      dynamodb: { ...record.dynamodb, OldImage: { ...record.dynamodb!.NewImage!, state: { S: 'open' } } },
    }));

  it('puts one task, wherever it is cut off and however often it comes again', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let n = 0; n < 6; n++) {
        const { customer, call } = await entered([call_, hello], ...ways);
        sdk.breakAt(n, when);
        await serve(call).catch(() => undefined);
        sdk.breakAt(undefined);
        await serve(call);
        await serve({ ...call, payload: { ...call.payload, token: 'of a later attempt' } });
        const put = await tasksOf([customer]);
        expect(put).toMatchObject([{ state: 'open', title: '给她打电话', due: '2026-03-01T14:00:00.000Z' }]);
        expect((await passage(customer)).wait).toMatchObject({ node: 'call', task: put[0]!.id });
      }
    }
  });

  it('goes on once when it is told how it came out, though the telling is cut off and comes again', async () => {
    for (let n = 0; n < 5; n++) {
      const { customer, call } = await entered([call_, hello], ...ways);
      await serve(call);
      const [task] = await tasksOf([customer]);
      await closeTask(customer, task!.id, { state: 'done', endedAt: NOW, by: 'mei' });
      const told = { Records: (await outcomes()).filter((r) => r.dynamodb.Keys?.['pk']?.S === `c#${customer}`) };
      sdk.breakAt(n, 'after');
      const first = await taskOutcomes(told as never, lambdaContext).catch(() => undefined);
      sdk.breakAt(undefined);
      if (first?.batchItemFailures.length !== 0) await taskOutcomes(told as never, lambdaContext);
      expect((await machines.nextCall()).payload).toMatchObject({ node: 'hello' });
      expect(machines.pending()).toBe(0);
      expect((await tasksOf([customer]))[0]).toMatchObject({ state: 'done', by: 'mei' });
    }
  });

  it('is withdrawn when her passage ends before its limit, and overdue when it ends by it', async () => {
    for (const [late, state] of [
      [false, 'withdrawn'],
      [true, 'overdue'],
    ] as const) {
      const { customer, call } = await entered([call_, hello], ...ways);
      await serve(call);
      const [task] = await tasksOf([customer]);
      // The bus may tell of the end before the timer has looked for what is due.
      const at = late ? task!.limitAt : NOW;
      const detail = { customer, task: task!.id, at, outcome: 'completed' };
      const body = JSON.stringify({ detail });
      await withdrawTasks({ Records: [{ messageId: 'm', body }] } as never, lambdaContext);
      expect((await tasksOf([customer]))[0]).toMatchObject({ state, endedAt: at });
    }
  });

  it('does not sleep through an outcome that was told between its wait and its look', async () => {
    const { customer, call } = await entered([call_, hello], ...ways);
    await serve({ ...call, payload: { ...call.payload, token: 'of an earlier attempt' } });
    const [task] = await tasksOf([customer]);
    await closeTask(customer, task!.id, { state: 'done', endedAt: NOW });
    await serve(call);
    expect((await machines.nextCall()).payload).toMatchObject({ node: 'hello' });
  });

  it('is not put for a passage that has ended, and what is told too late is kept as such', async () => {
    const { customer, call } = await entered([call_, hello], ...ways);
    await serve(call);
    const [task] = await tasksOf([customer]);
    await perform({ ...call.payload, end: { outcome: 'completed', reason: 'test' } } as never, lambdaContext);
    await closeTask(customer, task!.id, { state: 'declined', endedAt: NOW });
    await taskOutcomes({ Records: await outcomes() } as never, lambdaContext);
    expect(await tasksOf([customer])).toMatchObject([{ state: 'declined', late: true }]);
    await expect(serve(call)).rejects.toMatchObject({ name: 'Pergola.Ended' });
  });
});

describe('a step that failed for good', () => {
  const failure = { state: '你好 (hello)', node: 'hello', error: 'Boom', cause: 'no more tries', failedRedrive: 0 };

  it('ends the enrolment as failed; a redrive makes it active again and goes on', async () => {
    const { customer, call } = await entered([hello], 'in -> hello');
    const failed = { ...call.payload, failure: { ...failure, redrive: 0 } };
    await expect(perform(failed as never, lambdaContext)).rejects.toMatchObject({ name: 'Pergola.Failed' });
    expect(await passage(customer)).toMatchObject({ status: 'failed', end: { reason: 'Boom' } });
    await expect(serve(call)).rejects.toMatchObject({ name: 'Pergola.Ended' });
    await perform({ ...failed, failure: { ...failure, redrive: 1 } } as never, lambdaContext);
    expect(await serve(call)).toEqual({ outlet: 'next' });
    expect((await passage(customer)).status).toBe('active');
  });

  it('is not tried again for who has come into another journey of the same family meanwhile', async () => {
    const more = { entry: { reentry: { type: 'always' as const }, family: 'groups' } };
    const [one, other] = [await live(more, [hello], 'in -> hello'), await live(more, [hello], 'in -> hello')];
    await happens('li', one);
    const call = await machines.nextCall();
    const failed = { ...call.payload, failure: { ...failure, redrive: 0 } };
    await expect(perform(failed as never, lambdaContext)).rejects.toMatchObject({ name: 'Pergola.Failed' });
    await happens('li', other);
    const again = { ...failed, failure: { ...failure, redrive: 1 } };
    await expect(perform(again as never, lambdaContext)).rejects.toMatchObject({ name: 'Pergola.Ended' });
    expect((await enrolmentsOf('li')).map(({ journey, status }) => [journey, status]).sort()).toEqual([
      [one, 'failed'],
      [other, 'active'],
    ]);
  });
});
