import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../infra/cli/main.ts';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../support/journey-stack.ts';

/*
 * One person on the whole local stack: she browses without a name, signs in, and is one customer. Everything by the
 * HTTP intake and the API, as an app and a person at the Console have it.
 */
let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
  await stack.rules([
    {
      key: 'looked-twice',
      name: { zh: '看过两次', en: 'Looked twice' },
      category: 'behaviour',
      when: { did: { event: 'Product Viewed', count: { op: 'gte', value: 2 } } },
    },
    {
      key: 'asked-twice',
      name: { zh: '问过两次价', en: 'Asked for prices twice' },
      category: 'behaviour',
      when: { did: { event: 'Price Asked', count: { op: 'gte', value: 2 } } },
    },
    {
      key: 'regular',
      name: { zh: '老客', en: 'Regular' },
      category: 'value',
      when: { did: { event: 'Order Completed', count: { op: 'gte', value: 2 } } },
    },
  ]);
  await stack.publish(
    journey('browsers', {
      goals: [{ id: 'bought', name: '下单', on: { type: 'event', event: 'Order Completed' } }],
      nodes: [
        node('in', 'enter-event', { event: 'Product Viewed' }),
        node('hello', 'message', { channel: 'inbox', body: 'hello', byResult: false }),
        node('wait', 'wait', { duration: 'P2D' }),
        node('again', 'message', { channel: 'inbox', body: 'still there?', byResult: false }),
      ],
      edges: edges('in -> hello', 'hello -> wait', 'wait -> again'),
    }),
  );
  const waitsThen = (id: string, entry: ReturnType<typeof node>, body: string) =>
    journey(id, {
      entry: { reentry: { type: 'always' } },
      nodes: [
        entry,
        node('wait', 'wait', { duration: 'P2D' }),
        node('say', 'message', { channel: 'inbox', body, transactional: true, byResult: false }),
      ],
      edges: edges('in -> wait', 'wait -> say'),
    });
  await stack.publish(waitsThen('coupons', node('in', 'enter-event', { event: 'Coupon Asked' }), 'your coupon'));
  await stack.publish(waitsThen('keen', node('in', 'enter-tag', { key: 'asked-twice', op: 'added' }), 'the prices'));
  const task = { way: 'write', title: 'answer', body: 'answer', assign: 'owner', due: 'P1D', limit: 'P3D' };
  await stack.publish(
    journey('support', {
      entry: { reentry: { type: 'always' } },
      nodes: [
        node('in', 'enter-event', { event: 'Support Asked' }),
        node('answer', 'staff-task', task),
        node('out', 'exit'),
      ],
      edges: edges(
        'in -> answer',
        ...['done', 'not-reached', 'declined', 'overdue'].map((way) => `answer:${way} -> out`),
      ),
    }),
  );
  await stack.publish(
    journey('regulars', {
      nodes: [
        node('in', 'enter-tag', { key: 'regular', op: 'added' }),
        node('thanks', 'message', { channel: 'inbox', body: 'thank you', transactional: true, byResult: false }),
      ],
      edges: edges('in -> thanks'),
    }),
  );
});
afterAll(() => stack.close());

let sent = 0;
/** By the intake, as Segment's libraries send it; settled when it resolves. */
async function send(type: string, message: object): Promise<string> {
  const messageId = `identity-${++sent}`;
  const answer = await fetch(`${stack.url}/v1/${type}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('local:')}` },
    body: JSON.stringify({ messageId, timestamp: await stack.now(), ...message }),
  });
  expect(answer.status).toBe(200);
  await stack.advance('PT2S');
  return messageId;
}
const did = (event: string, who: object) => send('track', { event, ...who });
const tagsOf = async (id: string) =>
  (await stack.get(`/api/customers/${id}`)).tags.map(({ key }: { key: string }) => key).sort();
const runs = async (id: string) =>
  (await stack.get(`/api/executions?customer=${id}`)).items
    .map((one: { journey: string; status: string; end?: { reason: string } }) =>
      [one.journey, one.status, one.end?.reason ?? ''].join(' ').trim(),
    )
    .sort();
const bodies = async (id: string) =>
  (await stack.get(`/api/customers/${id}/messages`)).items.map(({ body, status, reason }: Record<string, string>) =>
    [body ?? reason, status].join(' '),
  );

it('who browses, signs in and buys is one customer: tags, journey and messages follow, and it is explained', async () => {
  const phone = { anonymousId: 'phone-7' };
  const mei = { userId: 'mei' };
  await did('Order Completed', mei);
  const look = await did('Product Viewed', phone);
  await did('Product Viewed', phone);
  expect([await tagsOf('phone-7'), await tagsOf('mei')]).toEqual([['looked-twice'], []]);
  expect([await runs('phone-7'), await bodies('phone-7')]).toEqual([['browsers active'], ['hello sent']]);

  const link = await send('identify', { ...mei, ...phone, traits: { name: '梅' } });
  for (const id of ['mei', 'phone-7']) {
    const page = await stack.get(`/api/customers/${id}`);
    expect(page).toMatchObject({ id: 'mei', traits: { name: '梅' } });
    expect(page.tags[0]).toMatchObject({ key: 'looked-twice', evidence: [look, expect.any(String)] });
    expect(page.identity.merged).toMatchObject([
      { id: 'phone-7', rule: 'together', messageId: link, event: '$identify', why: { en: expect.any(String) } },
    ]);
    expect(await runs(id)).toEqual(['browsers active']);
    expect(await bodies(id)).toEqual(['hello sent']);
  }
  const found = (await stack.get('/api/customers?q=phone')).items.map(({ id }: { id: string }) => id);
  expect(found).toEqual(['mei']);
  expect((await stack.get('/api/customers')).items.map(({ id }: { id: string }) => id)).toEqual(['mei']);
  const { items } = await stack.get('/api/customers/mei/timeline');
  expect(items.filter(({ type }: { type: string }) => type === 'merge')).toHaveLength(1);
  expect(items.filter(({ as }: { as?: string }) => as === 'phone-7')).toHaveLength(2);

  // Her phone goes on under the old id; the journey waits on; its goal comes under the new one.
  await did('Product Viewed', phone);
  expect(await runs('mei')).toEqual(['browsers active']);
  await did('Order Completed', mei);
  expect(await runs('mei')).toEqual(['browsers goal 下单', 'regulars completed path-ended']);
  await stack.advance('P3D');
  expect((await bodies('mei')).sort()).toEqual(['hello sent', 'thank you sent']);
  const [run] = (await stack.get('/api/executions?customer=mei&journey=browsers')).items;
  expect((await stack.get(`/api/executions/mei/${run.id}`)).status).toBe('ABORTED');
});

it('who is inside a journey under two ids goes on once, and hears everything once', async () => {
  await did('Product Viewed', { anonymousId: 'tablet' });
  await did('Product Viewed', { userId: 'li' });
  expect([await bodies('tablet'), await bodies('li')]).toEqual([['hello sent'], ['hello sent']]);
  await send('alias', { previousId: 'tablet', userId: 'li' });
  expect(await runs('li')).toEqual(['browsers active', 'browsers exited merged']);
  await stack.advance('P3D');
  expect((await bodies('li')).sort()).toEqual(['hello sent', 'hello sent', 'still there? sent']);
  expect(await runs('li')).toEqual(['browsers completed path-ended', 'browsers exited merged']);
});

it('an id that comes with her first event finds her just as well', async () => {
  await did('Product Viewed', { userId: 'an', anonymousId: 'laptop' });
  expect((await stack.get('/api/customers/laptop')).id).toBe('an');
  expect([await runs('laptop'), await bodies('laptop')]).toEqual([['browsers active'], ['hello sent']]);
  const { items } = await stack.get('/api/customers/laptop/timeline');
  expect(items.map(({ type }: { type: string }) => type).sort()).toEqual(['enrolment', 'event', 'merge', 'message']);
});

it('a second user of the phone has his own life; an alias that cannot be is shown with what to do', async () => {
  await did('Order Completed', { userId: 'wang', anonymousId: 'phone-7' });
  const { identity } = await stack.get('/api/customers/wang');
  expect(identity).toMatchObject({ merged: [], apart: [{ id: 'phone-7', owner: 'mei' }] });
  await send('alias', { previousId: 'mei', userId: 'phone-7' });
  await send('alias', { previousId: 'phone-7', userId: 'wang' });
  const codes = (await stack.get('/api/rejected-events')).items.map(
    ({ diagnostics }: { diagnostics: { code: string; field: string; next: { zh: string; en: string } }[] }) => {
      expect(diagnostics[0]!.next.zh && diagnostics[0]!.next.en).toBeTruthy();
      return `${diagnostics[0]!.code} ${diagnostics[0]!.field}`;
    },
  );
  expect(codes.sort()).toEqual(['alias-circle previousId', 'alias-taken previousId']);
  expect((await stack.get('/api/customers/phone-7')).id).toBe('mei');
  expect((await stack.get('/_local/dead-letters')).items).toEqual([]);
});

it('two tasks for who turns out to be one become one: that of the passage that goes on, found under both ids', async () => {
  await did('Support Asked', { anonymousId: 'pad' });
  await did('Support Asked', { userId: 'cai' });
  await send('alias', { previousId: 'pad', userId: 'cai' });
  expect(await runs('cai')).toEqual(['support active', 'support exited merged']);
  for (const id of ['cai', 'pad']) {
    const { items } = await stack.get(`/api/tasks?customer=${id}`);
    const told = items.map(({ customer, state }: Record<string, string>) => `${customer} ${state}`).sort();
    expect(told).toEqual(['cai withdrawn', 'pad open']);
  }
  const { items } = await stack.get('/api/executions?customer=cai');
  const [goes, ended] = ['active', 'exited'].map((status) =>
    items.find((one: { status: string }) => one.status === status),
  );
  expect(ended.end).toMatchObject({ reason: 'merged', cause: { type: 'merge', name: goes.id } });
});

describe('two who were made one by mistake, with journeys under way', () => {
  const [anna, bea] = [{ userId: 'anna' }, { userId: 'bea' }];
  const separate = async (...more: string[]) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const how = ['--of', 'bea', '--as', 'bea-2', '--port', new URL(stack.endpoint).port];
    const code = await main(['customers', 'separate', 'anna', ...how, ...more]);
    const said = log.mock.calls.map(([text]) => String(text));
    log.mockRestore();
    return { code, said };
  };
  const tasks = async (id: string) =>
    (await stack.get('/api/tasks?state=open')).items.filter(({ customer }: { customer: string }) => customer === id);

  it('are two again, by the command line; each goes on with what was her own, and hears nothing of the other’s', async () => {
    await did('Product Viewed', bea);
    await did('Coupon Asked', anna);
    await send('alias', { previousId: 'bea', userId: 'anna' });
    await did('Support Asked', bea);
    await did('Price Asked', bea);
    await did('Price Asked', anna);
    expect(await tagsOf('anna')).toEqual(['asked-twice']);
    const together = ['browsers active', 'coupons active', 'keen active', 'support active'];
    expect(await runs('anna')).toEqual(together);
    expect(await tasks('anna')).toHaveLength(1);

    const look = await separate('--dry-run');
    expect(look).toEqual({
      code: 0,
      said: [
        'bea-2: 3 events; no tags',
        'anna: 3 events; no tags',
        '  - Asked for prices twice',
        expect.stringMatching(/^ {2}leaves the journey (support|keen):/),
        expect.stringMatching(/^ {2}leaves the journey (support|keen):/),
      ],
    });
    expect(await runs('anna')).toEqual(together);

    expect((await separate()).said.at(-1)).toBe('Separated: bea is bea-2’s now.');
    await stack.advance('PT2S');
    // Her own question goes on; the other's, and the tag that only both together had, do not.
    expect(await runs('anna')).toEqual(['coupons active', 'keen exited separated', 'support exited separated']);
    expect(await runs('bea-2')).toEqual(['browsers active']);
    expect(await runs('bea')).toEqual(['browsers active']);
    expect([await tagsOf('anna'), await tagsOf('bea-2')]).toEqual([[], []]);
    expect(await tasks('anna')).toEqual([]);
    for (const { id, journey: of } of (await stack.get('/api/executions?customer=anna')).items) {
      const { status } = await stack.get(`/api/executions/anna/${id}`);
      expect([of, status]).toEqual([of, of === 'coupons' ? 'RUNNING' : 'ABORTED']);
    }
    for (const id of ['anna', 'bea-2']) {
      const { items } = await stack.get(`/api/customers/${id}/timeline`);
      expect(items.filter(({ type }: { type: string }) => type === 'separation')).toMatchObject([
        { id: 'bea', from: 'anna', to: 'bea-2', by: 'cli' },
      ]);
    }

    await stack.advance('P3D');
    expect((await bodies('anna')).sort()).toEqual(['your coupon sent']);
    expect((await bodies('bea-2')).sort()).toEqual(['hello sent', 'still there? sent']);
    // What lets anna in from now on, her own doing does.
    await did('Support Asked', anna);
    expect(await runs('anna')).toContain('support active');
    expect((await separate()).code).toBe(1);
  });
});
