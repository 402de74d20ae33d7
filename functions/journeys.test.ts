import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../test/support/journey-stack.ts';

const say = (id: string, body: string) => node(id, 'message', { channel: 'inbox', body, byResult: false });
const enter = (event: string) => node('in', 'enter-event', { event });
const on = (event: string) => ({ type: 'event' as const, event });

let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
});
afterAll(() => stack.close());

const bodies = async (customer: string): Promise<string[]> =>
  (await stack.get(`/api/customers/${customer}/messages`)).items.map((one: { body: string }) => one.body).reverse();
const runs = async (customer: string) => (await stack.get(`/api/executions?customer=${customer}`)).items;
const run = async (customer: string) => {
  const [first] = await runs(customer);
  return stack.get(`/api/executions/${customer}/${first.id}`);
};

describe('a welcome journey', () => {
  beforeAll(async () => {
    await stack.publish(
      journey('welcome', {
        goals: [{ id: 'ordered', name: '首单', on: on('Order Completed') }],
        nodes: [
          enter('Contact Added'),
          say('hello', '你好'),
          node('week', 'wait', { duration: 'P7D' }),
          say('again', '还在吗'),
        ],
        edges: edges('in -> hello', 'hello -> week', 'week -> again'),
      }),
    );
  });

  it('greets at once, and again after a week for those who have not ordered', async () => {
    await stack.track('mei', 'Contact Added');
    expect(await bodies('mei')).toEqual(['你好']);
    await stack.advance('P6D');
    expect(await bodies('mei')).toEqual(['你好']);
    await stack.advance('P2D');
    expect(await bodies('mei')).toEqual(['你好', '还在吗']);
    const { enrolment, status, steps } = await run('mei');
    expect([enrolment.status, status]).toEqual(['completed', 'SUCCEEDED']);
    expect(steps.map(({ node, type, outlet }: Record<string, string>) => [node, type, outlet])).toEqual([
      ['hello', 'Task', 'next'],
      ['week', 'Wait', 'next'],
      ['again', 'Task', 'next'],
      [undefined, 'Task', undefined],
    ]);
  });

  it('lets go of her the moment she orders, and says why on both sides', async () => {
    await stack.track('an', 'Contact Added');
    await stack.advance('P3D');
    await stack.track('an', 'Order Completed', { messageId: 'order-1' });
    await stack.advance('P10D');
    expect(await bodies('an')).toEqual(['你好']);
    const { enrolment, status, steps } = await run('an');
    expect(enrolment).toMatchObject({
      status: 'goal',
      at: 'week',
      end: { reason: '首单', cause: { messageId: 'order-1' } },
    });
    expect(status).toBe('ABORTED');
    expect(steps.at(-1)).toMatchObject({ node: 'week', error: 'Pergola.Goal' });
    expect(JSON.parse(steps.at(-1).cause)).toMatchObject({ rule: 'ordered', messageId: 'order-1' });
  });

  it('does not let her in a second time, and keeps the reason', async () => {
    await stack.track('mei', 'Contact Added');
    expect(await runs('mei')).toHaveLength(1);
    const { items } = await stack.get('/api/journeys/welcome/refusals');
    expect(items).toMatchObject([{ customer: 'mei', reason: 'reentry-never', cause: { name: 'Contact Added' } }]);
  });

  it('counts who is where', async () => {
    await stack.track('bo', 'Contact Added');
    const live = await stack.get('/api/journeys/welcome/live');
    expect(live).toMatchObject({ entered: 3, active: 1, ended: { completed: 1, goal: 1 } });
    expect(live.nodes.week).toEqual({ here: 1, arrived: 3, passed: { next: 1 } });
    expect(live.nodes.again).toEqual({ here: 0, arrived: 1, passed: { next: 1 } });
    const { items } = await stack.get('/api/journeys');
    expect(items.find((one: { id: string }) => one.id === 'welcome')).toMatchObject({
      entered: 3,
      active: 1,
      status: 'live',
    });
  });
});

describe('waiting for something to happen', () => {
  beforeAll(async () => {
    await stack.rules([{ key: 'vip', name: { zh: 'VIP', en: 'VIP' }, category: 'value', manual: true }]);
    await stack.publish(
      journey('follow', {
        entry: { reentry: { type: 'always' } },
        nodes: [
          enter('Price Asked'),
          node('wait', 'wait-for', {
            for: [
              { id: 'bought', on: on('Follow Order') },
              { id: 'vip', on: { type: 'tagAdded', key: 'vip' } },
            ],
            limit: 'P3D',
            since: 'entry',
          }),
          say('thanks', '谢谢'),
          say('valued', '贵宾'),
          say('remind', '还想要吗'),
        ],
        edges: edges('in -> wait', 'wait:bought -> thanks', 'wait:vip -> valued', 'wait:timed-out -> remind'),
      }),
    );
  });

  it('goes on by the outlet of what happened first', async () => {
    await stack.track('xu', 'Price Asked');
    const waiting = await run('xu');
    expect(waiting.enrolment).toMatchObject({ at: 'wait', wait: { node: 'wait' } });
    expect(JSON.stringify(waiting)).not.toMatch(/token\\*":\\*"[^*]/);
    expect(waiting.steps.at(-1).waitingUntil).toBeDefined();
    await stack.track('xu', 'Follow Order');
    expect(await bodies('xu')).toEqual(['谢谢']);
    await stack.advance('P5D');
    expect(await bodies('xu')).toEqual(['谢谢']);
  });

  it('goes on when a tag comes, given by hand', async () => {
    await stack.track('ye', 'Price Asked');
    await stack.api('POST', '/api/customers/ye/tags', { add: ['vip'] });
    await stack.advance('PT1S');
    expect(await bodies('ye')).toEqual(['贵宾']);
  });

  it('takes the timed-out way when nothing happens', async () => {
    await stack.track('zhou', 'Price Asked');
    await stack.advance('P3D');
    expect(await bodies('zhou')).toEqual(['还想要吗']);
  });

  it('lets her in again when the journey says always, one passage after the other', async () => {
    await stack.track('zhou', 'Price Asked');
    await stack.track('zhou', 'Price Asked');
    expect((await runs('zhou')).map(({ status }: { status: string }) => status)).toEqual(['active', 'completed']);
    const { items } = await stack.get('/api/journeys/follow/refusals');
    expect(items.map(({ customer, reason }: Record<string, string>) => [customer, reason])).toEqual([
      ['zhou', 'active'],
    ]);
  });
});

describe('who may come in', () => {
  it('only those for whom the audience holds at that moment, others with the reason in words', async () => {
    await stack.publish(
      journey('second', {
        entry: {
          reentry: { type: 'after', duration: 'P30D' },
          audience: { did: { event: 'Cup Bought', count: { op: 'gte', value: 2 } } },
        },
        nodes: [enter('Cup Bought'), say('two', '第二只')],
        edges: edges('in -> two'),
      }),
    );
    await stack.track('lin', 'Cup Bought');
    expect(await bodies('lin')).toEqual([]);
    await stack.track('lin', 'Cup Bought');
    expect(await bodies('lin')).toEqual(['第二只']);
    await stack.track('lin', 'Cup Bought');
    await stack.advance('P31D');
    await stack.track('lin', 'Cup Bought');
    expect(await bodies('lin')).toEqual(['第二只', '第二只']);
    const { items } = await stack.get('/api/journeys/second/refusals');
    expect(items.map(({ reason }: { reason: string }) => reason)).toEqual(['reentry-too-soon', 'audience']);
    expect(items.at(-1).why.zh).toBeTruthy();
  });

  it('nobody for an event that is too old, and nobody while the journey is paused', async () => {
    await stack.publish(
      journey('fresh', {
        entry: { reentry: { type: 'always' }, maxEventAge: 'P1D' },
        nodes: [enter('Tea Drunk'), say('tea', '茶')],
        edges: edges('in -> tea'),
      }),
    );
    const old = new Date(Date.parse(await stack.now()) - 2 * 86_400_000).toISOString();
    await stack.track('qi', 'Tea Drunk', { timestamp: old });
    await stack.api('POST', '/api/journeys/fresh/pause');
    await stack.track('qi', 'Tea Drunk');
    await stack.api('POST', '/api/journeys/fresh/resume');
    await stack.track('qi', 'Tea Drunk');
    expect(await bodies('qi')).toEqual(['茶']);
    const { items } = await stack.get('/api/journeys/fresh/refusals');
    expect(items.map(({ reason }: { reason: string }) => reason)).toEqual(['paused', 'too-old']);
  });
});

describe('a message that may not be sent', () => {
  it('is kept with the reason why', async () => {
    await stack.track('wu', 'Unsubscribed');
    await stack.track('wu', 'Tea Drunk');
    const { items } = await stack.get('/api/customers/wu/messages');
    expect(items).toMatchObject([{ status: 'suppressed', reason: 'unsubscribed', node: 'tea' }]);
  });
});

describe('stopping a run by hand', () => {
  it('ends enrolment and execution with the reason and the person', async () => {
    await stack.track('han', 'Price Asked');
    const [{ id }] = await runs('han');
    const { status, body } = await stack.api('POST', `/api/executions/han/${id}/stop`, { reason: '客户要求' });
    expect(status).toBe(200);
    expect(body.enrolment).toMatchObject({
      status: 'stopped',
      end: { reason: '客户要求', cause: { name: 'local@localhost' } },
    });
    expect((await run('han')).status).toBe('ABORTED');
  });
});

describe('the timeline of a customer', () => {
  it('tells everything, the newest first, page by page', async () => {
    const pages = [];
    let cursor: string | undefined;
    do {
      const page = await stack.get(
        `/api/customers/lin/timeline?limit=3${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      );
      pages.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    const all = (await stack.get('/api/customers/lin/timeline?limit=200')).items;
    expect(pages).toEqual(all);
    const types = Object.groupBy(all as { type: string }[], ({ type }) => type);
    expect(Object.keys(types).sort()).toEqual(['enrolment', 'event', 'message', 'refusal']);
    expect(types['event']).toHaveLength(4);
  });
});

describe('a split in front of a wait', () => {
  it('shows everybody at the wait behind it at once', async () => {
    await stack.publish(
      journey('half', {
        nodes: [
          enter('Halved'),
          node('split', 'split', {
            parts: [
              { id: 'a', percent: 50 },
              { id: 'b', percent: 50 },
            ],
          }),
          node('short', 'wait', { duration: 'P1D' }),
          node('long', 'wait', { duration: 'P2D' }),
          say('end', '到了'),
        ],
        edges: edges('in -> split', 'split:a -> short', 'split:b -> long', 'short -> end', 'long -> end'),
      }),
    );
    for (let i = 0; i < 6; i++) await stack.track(`half-${i}`, 'Halved');
    const { nodes } = await stack.get('/api/journeys/half/live');
    expect(nodes.split.here).toBe(0);
    expect(nodes.short.here + nodes.long.here).toBe(6);
    await stack.advance('P3D');
    const later = await stack.get('/api/journeys/half/live');
    expect(later).toMatchObject({ active: 0, ended: { completed: 6 } });
    expect(later.nodes.split.passed).toEqual(nodes.split.passed);
    expect(later.nodes.end.arrived).toBe(6);
  });
});

describe('the list of all enrolments', () => {
  const paged = async (filter: string): Promise<string[]> => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stack.get(`/api/executions?limit=2${filter}${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      ids.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return ids;
  };

  it('is told page by page, of all journeys and of one customer, each once', async () => {
    const all = (await stack.get('/api/executions?limit=1000')).items;
    expect(all.length).toBeGreaterThan(6);
    expect(await paged('')).toEqual(all.map(({ id }: { id: string }) => id));
    expect((await runs('mei')).length).toBeGreaterThan(0);
    expect(await paged('&customer=mei')).toEqual((await runs('mei')).map(({ id }: { id: string }) => id));
  });
});

describe('stacked tags beside single ones', () => {
  it('are counted by what each customer had when she came in, whatever became of her', async () => {
    const tag = (key: string) => ({ key, name: { zh: key, en: key }, category: 'value', manual: true });
    await stack.rules([tag('vip'), tag('loyal')]);
    await stack.publish(
      journey('compare', {
        goals: [{ id: 'bought', name: '下单', on: on('Compared Order') }],
        nodes: [enter('Compared'), node('week', 'wait', { duration: 'P7D' })],
        edges: edges('in -> week'),
      }),
    );
    const customers: Record<string, string[]> = {
      c1: ['vip', 'loyal'],
      c2: ['vip', 'loyal'],
      c3: ['vip'],
      c4: ['loyal'],
      c5: [],
    };
    for (const [id, add] of Object.entries(customers)) {
      await stack.track(id, 'Contact Seen');
      if (add.length > 0) await stack.api('POST', `/api/customers/${id}/tags`, { add });
      await stack.track(id, 'Compared');
    }
    for (const id of ['c1', 'c4']) await stack.track(id, 'Compared Order');
    // Later tags do not count.
    await stack.api('POST', '/api/customers/c5/tags', { add: ['vip'] });
    expect(await stack.get('/api/journeys/compare/comparison?of=tag:vip,tag:loyal')).toMatchObject({
      everybody: { entered: 5, goal: 2 },
      parts: [
        { of: 'tag:vip', entered: 3, goal: 1 },
        { of: 'tag:loyal', entered: 3, goal: 2 },
      ],
      stack: { entered: 2, goal: 1 },
      complete: true,
    });
    expect((await stack.get('/api/journeys/compare/comparison?version=9')).everybody.entered).toBe(0);
    expect((await stack.api('GET', '/api/journeys/nothing/comparison')).status).toBe(404);
  });
});

describe('a step that failed for good', () => {
  it('is tried again from the Console: she goes on there, and what came before is not repeated', async () => {
    await stack.publish(
      journey('mended', {
        nodes: [
          enter('Signed Up'),
          say('first', '你好'),
          node('day', 'wait', { duration: 'P1D' }),
          say('then', '还在吗'),
        ],
        edges: edges('in -> first', 'first -> day', 'day -> then'),
      }),
    );
    await stack.identify('yan', { name: '小燕' });
    await stack.track('yan', 'Signed Up');
    const [{ id, name, stands }] = await runs('yan');
    expect(stands).toEqual({ zh: '等待', en: 'Wait' });
    const [newest] = (await stack.get('/api/inbox')).items;
    expect([name, newest.customer, newest.name]).toEqual(['小燕', 'yan', '小燕']);
    const again = () => stack.api('POST', `/api/executions/yan/${id}/redrive`, {});
    expect((await again()).body.error.code).toBe('execution-not-redrivable');

    // The table cannot be reached for longer than all the retries take.
    const table = process.env['TABLE_MESSAGES'];
    process.env['TABLE_MESSAGES'] = 'gone';
    await stack.advance('PT26H');
    process.env['TABLE_MESSAGES'] = table;
    expect((await run('yan')).enrolment).toMatchObject({ status: 'failed', at: 'then' });

    expect((await again()).status).toBe(202);
    await stack.advance('PT1S');
    const { enrolment, status } = await run('yan');
    expect([enrolment.status, status]).toEqual(['completed', 'SUCCEEDED']);
    expect((await runs('yan'))[0].stands).toBeUndefined();
    expect(await bodies('yan')).toEqual(['你好', '还在吗']);
    expect((await again()).status).toBe(409);
    expect((await stack.api('POST', '/api/executions/yan/nothing/redrive', {})).status).toBe(404);
  });
});
