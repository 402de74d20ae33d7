import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../support/journey-stack.ts';

/* Tasks for members of staff, through the whole local stack: put by a journey, done by people, and the journey goes on. */
let stack: JourneyStack;
const config = {
  way: 'call',
  title: '给{{ user.name }}打电话',
  body: '问问{{ event.properties.product }}用得怎么样',
  assign: 'owner',
  due: 'PT2H',
  limit: 'P1D',
};
beforeAll(async () => {
  stack = await startJourneyStack();
  await stack.rules([{ key: '回访过', name: { zh: '回访过', en: 'Called back' }, category: 'basic', manual: true }]);
  await stack.publish(
    journey('care', {
      priority: 'high',
      goals: [{ id: 'ordered', name: '下单', on: { type: 'event', event: 'Order Completed' } }],
      nodes: [
        node('in', 'enter-event', { event: 'VIP Silent' }),
        node('call', 'staff-task', config),
        node('called', 'tag', { op: 'add', keys: ['回访过'] }),
        node('hello', 'message', { channel: 'inbox', body: '有空随时找我', byResult: false }),
        node('out', 'exit'),
      ],
      edges: edges('in -> call', 'call:done -> called', 'call:not-reached -> hello', 'call:overdue -> out'),
    }),
  );
});
afterAll(() => stack.close());

async function waits(customer: string, traits: Record<string, unknown> = {}) {
  const identify = {
    userId: customer,
    type: 'identify',
    messageId: `i-${customer}`,
    traits: { name: '李小薇', ...traits },
  };
  await stack.api('POST', '/v1/batch', { writeKey: 'local', batch: [identify] });
  await stack.advance('PT2S');
  await stack.track(customer, 'VIP Silent', { properties: { product: '面霜' } });
  const { items } = await stack.get(`/api/tasks?customer=${customer}`);
  expect(items).toHaveLength(1);
  return items[0];
}
const act = (task: { customer: string; id: string }, what: string, body: unknown = {}) =>
  stack.api('POST', `/api/tasks/${task.customer}/${encodeURIComponent(task.id)}/${what}`, body);
const passage = async (customer: string) => (await stack.get(`/api/executions?customer=${customer}`)).items[0];
const tagsOf = async (customer: string) =>
  (await stack.get(`/api/customers/${customer}`)).tags.map(({ key }: { key: string }) => key);

describe('a customer for whom somebody is to call', () => {
  it('waits until the call is made, and goes on by its outcome', async () => {
    const task = await waits('anna', { owner: 'local@localhost' });
    expect(task).toMatchObject({
      title: '给李小薇打电话',
      body: '问问面霜用得怎么样',
      state: 'open',
      person: 'local@localhost',
      journey: 'care',
      priority: 'high',
      because: { type: 'event', name: 'VIP Silent' },
      about: { name: '李小薇' },
    });
    expect(Date.parse(task.limitAt) - Date.parse(task.at)).toBeGreaterThanOrEqual(86_400_000 - 5000);
    const mine = await stack.get('/api/tasks?assignee=me');
    expect(mine.items.map(({ id }: { id: string }) => id)).toContain(task.id);
    expect(await tagsOf('anna')).toEqual([]);
    const answer = await act(task, 'finish', { outcome: 'done', note: '很满意，想看新品' });
    expect([answer.status, answer.body.task.state]).toEqual([200, 'done']);
    await stack.advance('PT2S');
    expect(await tagsOf('anna')).toEqual(['回访过']);
    expect(await passage('anna')).toMatchObject({ status: 'completed', path: { 'call#1': { outlet: 'done' } } });
    const { items } = await stack.get('/api/customers/anna/timeline');
    expect(items.filter(({ type }: { type: string }) => type === 'task')).toMatchObject([
      { state: 'done', note: '很满意，想看新品', by: 'local@localhost' },
      { state: 'open' },
    ]);
    expect((await stack.get('/api/tasks?state=closed')).items).toMatchObject([{ id: task.id, state: 'done' }]);
    expect((await act(task, 'finish', { outcome: 'declined' })).body.error.code).toBe('task-closed');
  });

  it('who is nobody’s is taken by whoever is free, or handed on', async () => {
    const task = await waits('bea');
    expect(task.person).toBeUndefined();
    expect((await act(task, 'assign', { team: 'after-sales' })).body.task).toMatchObject({ team: 'after-sales' });
    expect((await stack.get('/api/tasks?assignee=after-sales')).items).toHaveLength(1);
    expect((await act(task, 'take')).body.task).toMatchObject({ person: 'local@localhost' });
    await act(task, 'finish', { outcome: 'not-reached' });
    await stack.advance('PT2S');
    const { items } = await stack.get('/api/customers/bea/messages');
    expect(items).toMatchObject([{ status: 'sent', body: '有空随时找我' }]);
  });

  it('and who orders meanwhile needs no call: the task is withdrawn', async () => {
    const task = await waits('cleo');
    await stack.track('cleo', 'Order Completed', { properties: { order_id: 'o1', total: 10 } });
    await stack.advance('PT3S');
    expect((await passage('cleo')).status).toBe('goal');
    expect((await stack.get('/api/tasks?customer=cleo')).items).toMatchObject([{ state: 'withdrawn', note: '下单' }]);
    expect((await act(task, 'finish', { outcome: 'done' })).status).toBe(409);
  });

  it('and whom nobody calls in time goes on, and the task is closed at that moment', async () => {
    const task = await waits('dora');
    await stack.advance('P1D');
    expect(await passage('dora')).toMatchObject({ status: 'completed', path: { 'call#1': { outlet: 'overdue' } } });
    const [closed] = (await stack.get('/api/tasks?customer=dora')).items;
    expect(closed).toMatchObject({ state: 'overdue', endedAt: task.limitAt });
    expect((await stack.get('/api/tasks')).items).toEqual([]);
  });
});
