import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busBatch, tracked } from '../test/support/bus-batch.ts';
import { KEYS, startFakeWeCom } from '../test/support/fake-wecom.ts';
import { everythingTold } from '../test/support/follow-lists.ts';
import { type HandDriven, insertedRows, type StepCall, startHandDriven } from '../test/support/hand-driven.ts';
import { edges, journey, node } from '../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../test/support/sdk-calls.ts';
import { handler as enrol } from './events/enrol.ts';
import { handler as ingest } from './events/ingest.ts';
import { handler as taskOutcomes } from './events/task-outcomes.ts';
import { handler as wecomTags } from './events/wecom-tags.ts';
import { handler as withdrawTasks } from './events/withdraw-tasks.ts';
import { publishJourney } from './http/publish-journey.ts';
import { saveDraft } from './ports/journeys/index.ts';
import { keepLists } from './ports/lists/index.ts';
import { advanceCustomer } from './ports/profiles/index.ts';
import { currentRules, putRuleset } from './ports/ruleset/index.ts';
import { states } from './ports/states/index.ts';
import { tables as documents } from './ports/tables/index.ts';
import { closeTask, tasksOf } from './ports/tasks/index.ts';
import { saveOutward } from './ports/wecom/index.ts';
import { handler as awaits } from './steps/await.ts';
import { handler as decide } from './steps/decide.ts';
import { handler as perform } from './steps/perform.ts';
import { handler as sweep } from './timers/sweep.ts';

/*
 * What an event and a step cost, in calls of the AWS SDK. The numbers stand in docs/cost.md; whoever makes something
 * dearer changes them here and there. Containers are warm: what never changes was read before, and the list of journeys
 * and the ruleset in force, which each process reads at most twice a second (ports/fresh.ts), are left out of the count.
 */
const NOW = '2026-03-01T12:00:00.000Z';
const at = (minute: number) => new Date(Date.parse(NOW) + minute * 60_000).toISOString();
const silent = {
  key: 'silent',
  name: { zh: '沉默', en: 'Silent' },
  category: 'behaviour',
  when: { silent: { for: 'P7D' } },
};
const tag = { key: 'greeted', name: { zh: '招呼过', en: 'Greeted' }, category: 'basic', manual: true } as const;

let tables: LocalTables;
let machines: HandDriven;
let sdk: SdkCalls;
const delivered = new Set<string>();

/** The list of live journeys and the ruleset in force, whose keys come as plain values or as DynamoDB writes them. */
const heldForHalfASecond = (
  name: string,
  input: { Key?: { pk?: unknown }; ExpressionAttributeValues?: Record<string, unknown> },
) =>
  (name === 'GetItem' && keyOf(input.Key?.pk) === 'ruleset') ||
  (name === 'Query' && keyOf(input.ExpressionAttributeValues?.[':pk']) === 'directory');
const keyOf = (value: unknown): unknown => (value as { S?: string } | undefined)?.S ?? value;

beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  machines = await startHandDriven(() => Date.parse(NOW));
  sdk = watchSdkCalls(documents() as never, states() as never).without(heldForHalfASecond as never);
  await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [silent, tag] }, 0);
  const document = journey('cost', {
    goals: [{ id: 'done', name: 'done', on: { type: 'event', event: 'Done' } }],
    nodes: [
      node('in', 'enter-event', { event: 'In' }),
      node('branch', 'branch', {
        branches: [{ id: 'yes', name: 'yes', when: { did: { event: 'Order' } } }],
      }),
      node('greet', 'tag', { op: 'add', keys: ['greeted'] }),
      node('hello', 'message', { channel: 'inbox', body: 'hello', byResult: false }),
      node('wait', 'wait-for', {
        for: [{ id: 'came', on: { type: 'event', event: 'Came' } }],
        limit: 'P3D',
        since: 'here',
      }),
      node('end', 'exit'),
    ],
    edges: edges(
      'in -> branch',
      'branch:yes -> greet',
      'branch:else -> greet',
      'greet -> hello',
      'hello -> wait',
      'wait:came -> end',
      'wait:timed-out -> end',
    ),
  });
  await saveDraft({ id: 'cost', name: 'cost', document, base: 0, now: NOW });
  await publishJourney('cost', 1);
  const call = journey('cost-task', {
    nodes: [
      node('in', 'enter-event', { event: 'Wants a call' }),
      node('call', 'staff-task', { way: 'call', title: 'call', assign: 'anyone', due: 'PT2H', limit: 'P1D' }),
      node('end', 'exit'),
    ],
    edges: edges('in -> call', 'call:done -> end'),
  });
  await saveDraft({ id: 'cost-task', name: 'cost-task', document: call, base: 0, now: NOW });
  await publishJourney('cost-task', 1);
  await warm();
});
afterAll(async () => {
  await machines.stop();
  await tables.stop();
});

const put = (...details: unknown[]) => ingest(busBatch(details), lambdaContext);
async function deliver(): Promise<void> {
  const all = await insertedRows(tables, 'profiles');
  const fresh = all.filter(({ dynamodb }) => !delivered.has(JSON.stringify(dynamodb?.Keys)));
  for (const { dynamodb } of fresh) delivered.add(JSON.stringify(dynamodb?.Keys));
  sdk.reset();
  await enrol({ Records: fresh }, lambdaContext);
}
const handlers = { decide, perform, await: awaits };
async function step(expected: string): Promise<StepCall> {
  const call = await machines.nextCall();
  expect(call.payload['node']).toBe(expected);
  sdk.reset();
  const answer = await handlers[call.handler](call.payload as never, lambdaContext);
  call.answer(answer);
  return call;
}
async function warm(): Promise<void> {
  await put(tracked('warm', 'Other', NOW));
  await deliver();
}

describe('the calls of', () => {
  it('events: one for a batch with somebody whom this process did not write, and one for each customer in it', async () => {
    sdk.reset();
    await put(tracked('one', 'Visit', at(-5)));
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, TransactWriteItems: 1 });
    sdk.reset();
    await put(...Array.from({ length: 10 }, (_, i) => tracked(`many-${i}`, 'Visit', at(-5))));
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, TransactWriteItems: 10 });
    sdk.reset();
    await put(...Array.from({ length: 10 }, (_, i) => tracked('one', 'Visit', at(-4 - i / 10))));
    expect(sdk.counts()).toEqual({ TransactWriteItems: 1 });
  });

  it('an event that came before: the transaction fails and that is all', async () => {
    sdk.reset();
    await put(tracked('one', 'Visit', at(-5)));
    expect(sdk.counts()).toEqual({ TransactWriteItems: 1 });
  });

  it('the sweep: one for each shard, and one for each customer whom this process wrote', async () => {
    setClock('2026-03-09T00:00:00.000Z');
    sdk.reset();
    const { advanced } = await sweep(undefined as never, lambdaContext);
    expect(advanced).toBe(12);
    expect(sdk.counts()).toEqual({ Query: 2, TransactWriteItems: 12 });
    setClock(NOW);
  });

  it('enrolling: none for a batch that no journey cares about', async () => {
    await put(tracked('nobody', 'Visit', at(-3)));
    await deliver();
    expect(sdk.counts()).toEqual({});
  });

  it('lists and history: none for a batch without changes, else one for 25 rows and one for a hundred customers', async () => {
    const follow = async (...customers: string[]) => {
      const told = (await everythingTold(tables)).filter(({ customer }) => customers.includes(customer));
      sdk.reset();
      await keepLists(told);
      return sdk.counts();
    };
    await put(tracked('lists', 'Visit', at(-3)));
    expect(await follow('lists')).toEqual({});
    const inputs = [{ type: 'tag', op: 'add', key: 'greeted', cause: 'mei' } as const];
    for (const customer of ['lists', 'more']) await advanceCustomer(customer, { inputs }, await currentRules(), NOW);
    expect(await follow('lists', 'more')).toEqual({ BatchWriteItem: 1, BatchGetItem: 1 });
  });

  it('a whole way: enter, branch, tag, message, wait, resume, end', async () => {
    await put(tracked('mei', 'In', NOW));
    await deliver();
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, Query: 1, TransactWriteItems: 1, StartExecution: 1 });
    await step('branch');
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, Query: 1, UpdateItem: 1 });
    await step('greet');
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, TransactWriteItems: 1, UpdateItem: 1 });
    await step('hello');
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, TransactWriteItems: 1 });
    await step('wait');
    expect(sdk.counts()).toEqual({ UpdateItem: 1, BatchGetItem: 1, Query: 1 });
    await put(tracked('mei', 'Came', at(1)));
    await deliver();
    expect(sdk.counts()).toEqual({ Query: 1, SendTaskSuccess: 1, UpdateItem: 1 });
    await step('end');
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, UpdateItem: 1 });
  });

  it('a task for a colleague: put, finished, told to the machine; or withdrawn', async () => {
    const given = async (customer: string) => {
      await put(tracked(customer, 'Wants a call', NOW));
      await deliver();
      await step('call');
    };
    await given('lan');
    expect(sdk.counts()).toEqual({ BatchGetItem: 2, TransactWriteItems: 1 });
    const [task] = await tasksOf(['lan']);
    sdk.reset();
    await closeTask('lan', task!.id, { state: 'done', endedAt: at(1), by: 'mei' });
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, PutItem: 1 });
    const [row] = await insertedRows(tables, 'tasks');
    const OldImage = { ...row!.dynamodb!.NewImage!, state: { S: 'open' } };
    sdk.reset();
    await taskOutcomes(
      { Records: [{ ...row!, eventName: 'MODIFY', dynamodb: { ...row!.dynamodb, OldImage } }] } as never,
      lambdaContext,
    );
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, SendTaskSuccess: 1, UpdateItem: 1 });
    await step('end');
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, UpdateItem: 1 });
    await given('xue');
    const [other] = await tasksOf(['xue']);
    sdk.reset();
    await withdrawTasks(busBatch([{ customer: 'xue', task: other!.id, at: at(1), outcome: 'exited' }]), lambdaContext);
    expect(sdk.counts()).toEqual({ BatchGetItem: 1, PutItem: 1 });
  });

  it('a tag that goes to WeCom: one read for a batch, and of WeCom a look at her and a mark for each who knows her', async () => {
    const wecom = await startFakeWeCom();
    process.env['WECOM_SETTINGS'] = JSON.stringify({ ...KEYS, secret: 'secret', api: wecom.url });
    await saveOutward([{ tag: 'greeted', group: 'Journeys' }], 0);
    wecom.contact('wmA', 'zhangsan', []);
    await put(tracked('wecom:wmA', 'Visit', at(-5)));
    const told = () => wecomTags(busBatch([{ customer: 'wecom:wmA', tag: 'greeted' }]), lambdaContext);
    const inputs = [{ type: 'tag', op: 'add', key: 'greeted', cause: 'mei' } as const];
    await advanceCustomer('wecom:wmA', { inputs }, await currentRules(), NOW);
    const calls = async (work: () => Promise<unknown>) => {
      sdk.reset();
      const before = wecom.calls.length;
      await work();
      return [sdk.counts(), wecom.calls.slice(before)];
    };
    // The very first makes the tag there and fetches a token, which is held for two hours.
    await told();
    wecom.contact('wmA', 'zhangsan', []);
    expect(await calls(told)).toEqual([
      { BatchGetItem: 3 },
      ['externalcontact/get_corp_tag_list', 'externalcontact/get', 'externalcontact/mark_tag'],
    ]);
    expect(await calls(told)).toEqual([
      { BatchGetItem: 2 },
      ['externalcontact/get_corp_tag_list', 'externalcontact/get'],
    ]);
    delete process.env['WECOM_SETTINGS'];
    await wecom.close();
  });

  it('a goal: the passage is ended, then the execution', async () => {
    await put(tracked('an', 'In', NOW));
    await deliver();
    await put(tracked('an', 'Done', at(1)));
    await deliver();
    expect(sdk.counts()).toEqual({ Query: 1, UpdateItem: 1, StopExecution: 1 });
  });
});
