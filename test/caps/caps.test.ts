/** Not too often: what customers hear when several journeys want to write to them, on a whole stack. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../support/journey-stack.ts';

let stack: JourneyStack;
const say = (id: string, body: string, more: object = {}) =>
  node(id, 'message', { channel: 'inbox', body, byResult: true, ...more });
const words = (text: string) => ({ zh: text, en: text });

beforeAll(async () => {
  stack = await startJourneyStack();
  // Ten in the morning where the tenant is: far from midnight.
  const now = await stack.now();
  const ten = new Date(Date.parse(`${now.slice(0, 10)}T02:00:00.000Z`) + 86_400_000).toISOString();
  await stack.api('POST', '/_local/clock', { to: ten });
  await stack.rules([{ key: '新客', name: { zh: '新客', en: 'New' }, category: 'value', manual: true }]);
  for (const [id, more] of [
    ['sale', {}],
    ['course', { waitAtMost: 'P3D' }],
    ['order', { transactional: true }],
  ] as const) {
    const nodes = [node('in', 'enter-event', { event: `Wants ${id}` }), say('say', `about the ${id}`, more)];
    await stack.publish(
      journey(id, {
        nodes: [...nodes, node('told', 'exit', { reason: 'told' }), node('not', 'exit', { reason: 'not told' })],
        edges: edges('in -> say', 'say:sent -> told', 'say:not-sent -> not'),
        exits: [{ id: 'bye', name: 'bye', on: { type: 'event', event: 'Bye' } }],
      }),
    );
  }
});
afterAll(() => stack.close());

interface Line {
  readonly body?: string;
  readonly status: string;
  readonly at: string;
}
const messages = async (customer: string): Promise<Line[]> =>
  (await stack.get(`/api/customers/${customer}/messages`)).items;
const told = async (customer: string) =>
  (await messages(customer)).filter(({ status }) => status === 'sent').map(({ body }) => body);
const timeline = async (customer: string) =>
  (await stack.get(`/api/customers/${customer}/timeline`)).items.filter(
    ({ type }: { type: string }) => type === 'message',
  );
const runOf = async (customer: string, id: string) =>
  (await stack.get(`/api/executions?customer=${customer}&journey=${id}`)).items[0];

it('one marketing message a day: the second is not sent, and says which cap, how many, and until when', async () => {
  await stack.track('mei', 'Wants sale');
  await stack.track('mei', 'Wants order');
  expect(await told('mei')).toEqual(['about the order', 'about the sale']);
  await stack.track('an', 'Wants order');
  await stack.track('an', 'Wants course');
  // What is transactional is not counted.
  expect(await told('an')).toEqual(['about the course', 'about the order']);
  await stack.track('an', 'Wants sale');
  const line = (await timeline('an')).find(({ status }: { status: string }) => status === 'suppressed');
  expect(line).toMatchObject({ reason: 'capped', journey: 'sale' });
  expect(line.why.zh).toMatch(/^频控：所有客户每天最多 1 条，已发 1 条；\d{4}-\d{2}-\d{2} 00:00 起可以再发$/);
  expect(line.why.en).toContain('cap: everybody, at most 1 message a day; 1 sent; free again from');
  expect((await runOf('an', 'sale')).end).toMatchObject({ reason: 'not told' });
});

it('a message that may wait comes at the same hour of the next day; until then her page and the run say why', async () => {
  await stack.track('li', 'Wants sale');
  await stack.track('li', 'Wants course');
  expect(await told('li')).toEqual(['about the sale']);
  const run = await runOf('li', 'course');
  expect(run).toMatchObject({ status: 'active', at: 'say', held: { node: 'say', reason: 'capped' } });
  expect(run.held.why.zh).toContain('每天最多 1 条');
  const [waiting] = await timeline('li');
  expect(waiting).toMatchObject({ status: 'waiting', reason: 'capped', journey: 'course', until: run.held.until });
  const { steps } = await stack.get(`/api/executions/li/${run.id}`);
  expect(steps.at(-1)).toMatchObject({ node: 'say', type: 'Wait', waitingUntil: run.held.until });

  await stack.advance('PT23H');
  expect(await told('li')).toEqual(['about the sale']);
  await stack.advance('PT2H');
  expect(await told('li')).toEqual(['about the course', 'about the sale']);
  expect((await messages('li'))[0]!.at.slice(0, 23)).toBe(run.held.until.slice(0, 23));
  expect(await runOf('li', 'course')).toMatchObject({ status: 'exited', end: { reason: 'told' } });
  expect((await runOf('li', 'course')).held).toBeUndefined();
  expect((await timeline('li')).map(({ status }: { status: string }) => status)).toEqual(['sent', 'sent']);
});

it('a message that waits takes nobody’s place: who leaves meanwhile frees it', async () => {
  await stack.track('bo', 'Wants sale');
  await stack.track('bo', 'Wants course');
  await stack.track('bo', 'Bye');
  await stack.advance('P2D');
  expect(await told('bo')).toEqual(['about the sale']);
  expect(await runOf('bo', 'course')).toMatchObject({ status: 'exited', end: { reason: 'bye' } });
  expect((await timeline('bo')).map(({ status }: { status: string }) => status)).toEqual(['sent']);
});

it('of two that want the same place the more important has it, if it waits; and nobody, once its customer is gone', async () => {
  const wants = (id: string, priority: 'high' | 'low', more: object) =>
    stack.publish(
      journey(id, {
        name: id === 'care' ? '专属关怀' : id,
        priority,
        nodes: [
          node('in', 'enter-event', { event: `Wants ${id}` }),
          say('say', `about the ${id}`, more),
          node('told', 'exit', { reason: 'told' }),
          node('not', 'exit', { reason: 'not told' }),
        ],
        edges: edges('in -> say', 'say:sent -> told', 'say:not-sent -> not'),
        exits: [{ id: 'bye', name: 'bye', on: { type: 'event', event: 'Bye' } }],
      }),
    );
  await wants('care', 'high', { waitAtMost: 'P3D' });
  await wants('clearance', 'low', {});
  for (const customer of ['hua', 'xia']) {
    await stack.track(customer, 'Wants sale');
    await stack.track(customer, 'Wants care');
  }
  await stack.track('xia', 'Bye');
  // The next morning, before the hour at which the one that waits comes.
  await stack.advance('PT20H');
  for (const customer of ['hua', 'xia']) await stack.track(customer, 'Wants clearance');
  const left = (await timeline('hua')).find(({ journey: of }: { journey: string }) => of === 'clearance');
  expect(left).toMatchObject({ status: 'suppressed', reason: 'capped' });
  expect(left.why.zh).toMatch(/^频控：名额留给更重要的旅程「专属关怀」，它的消息在等；/);
  await stack.advance('PT5H');
  expect(await told('hua')).toEqual(['about the care', 'about the sale']);
  expect(await told('xia')).toEqual(['about the clearance', 'about the sale']);
});

it('what was sent under another of her ids counts, from the moment they are known as one', async () => {
  const send = async (type: string, message: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Basic ${btoa('local:')}` };
    const body = JSON.stringify({
      messageId: `${type}-${JSON.stringify(message)}`,
      timestamp: await stack.now(),
      ...message,
    });
    expect((await fetch(`${stack.url}/v1/${type}`, { method: 'POST', headers, body })).status).toBe(200);
    await stack.advance('PT2S');
  };
  await send('track', { anonymousId: 'phone', event: 'Wants sale' });
  expect(await told('phone')).toEqual(['about the sale']);
  await send('identify', { userId: 'ning', anonymousId: 'phone' });
  await stack.track('ning', 'Wants course');
  expect(await told('ning')).toEqual(['about the sale']);
  expect(await runOf('ning', 'course')).toMatchObject({ held: { reason: 'capped' } });
  await stack.advance('P1D');
  expect(await told('ning')).toEqual(['about the course', 'about the sale']);
});

it('a message that waits under one of her ids waits on when they are joined, and goes once', async () => {
  const phone = { userId: undefined, anonymousId: 'phone-9' };
  await stack.track('', 'Wants sale', phone);
  await stack.track('', 'Wants course', phone);
  expect([await told('phone-9'), (await runOf('phone-9', 'course')).held.reason]).toEqual([
    ['about the sale'],
    'capped',
  ]);
  await stack.track('lin', 'Visited', { anonymousId: 'phone-9' });
  await stack.track('lin', 'Wants course');
  expect([await told('lin'), (await runOf('lin', 'course')).held.reason]).toEqual([['about the sale'], 'capped']);
  await stack.advance('P2D');
  expect((await told('lin')).sort()).toEqual(['about the course', 'about the sale']);
});

it('the caps are the tenant’s: what is published holds at once, and the rules’ history knows it', async () => {
  const { version, ...ruleset } = await stack.get('/api/ruleset');
  const caps = { perDay: 5, lifecycle: [{ name: words('新客'), tags: ['新客'], most: 2, within: 'P7D' }] };
  const put = (wanted: object) =>
    stack.api('PUT', '/api/ruleset', { baseVersion: version, ruleset: { ...ruleset, version, caps: wanted } });
  expect((await put({ ...caps, perDay: 0 })).body.diagnostics).toMatchObject([{ field: 'caps.perDay' }]);
  expect((await put(caps)).status).toBe(200);
  const { items } = await stack.get(`/api/ruleset/diff?from=${version}&to=current`);
  expect(items).toMatchObject([
    { what: 'caps', op: 'changed', said: { zh: expect.stringContaining('每天最多 5 条') } },
  ]);
  await stack.api('POST', '/api/customers/yu/tags', { add: ['新客'] });
  for (const id of ['sale', 'course']) await stack.track('yu', `Wants ${id}`);
  expect(await told('yu')).toHaveLength(2);
});
