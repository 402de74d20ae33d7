import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../support/journey-stack.ts';

/* The five groups of a shop on the whole local stack: from events and time to counts, overlaps, lists and journeys. */
// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at by stories
type Json = any;

let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
  await stack.api('POST', '/api/packs/private-domain/install', {});
  await stack.publish(
    journey('woken', {
      nodes: [node('in', 'enter-segment', { op: 'left', segment: 'dormant' }), node('end', 'exit')],
      edges: edges('in -> end'),
    }),
  );
  for (const who of ['mei', 'li', 'an']) await stack.track(who, 'Contact Added', { properties: { channel: '公众号' } });
  await stack.track('mei', 'Product Viewed', { properties: { product_id: 'cream-01' } });
  await stack.track('li', 'Order Completed', { properties: { order_id: 'o1', total: 80 } });
});
afterAll(() => stack.close());

const counts = async (): Promise<Record<string, number>> => {
  const { items } = await stack.get('/api/segments');
  return Object.fromEntries(items.map(({ id, count }: Json) => [id, count]));
};
const members = async (id: string): Promise<string[]> =>
  (await stack.get(`/api/segments/${id}/customers`)).items.map((one: Json) => one.id);

describe('the five groups', () => {
  it('are counted, listed and told apart as events come', async () => {
    expect(await counts()).toEqual({ 'new-customers': 2, prospects: 1, regulars: 1, 'high-value': 0, dormant: 0 });
    expect(await members('new-customers')).toEqual(['an', 'mei']);
    const { families, overlaps, customers } = await stack.get('/api/segments');
    expect(customers).toBe(3);
    expect(overlaps).toContainEqual({ of: ['new-customers', 'prospects'], count: 1 });
    expect(families[0].belonging).toEqual({
      'high-value': 0,
      prospects: 1,
      dormant: 0,
      regulars: 1,
      'new-customers': 1,
    });
    // By another order, before anybody sets it.
    const { belonging } = await stack.get('/api/segments/belonging?of=new-customers,prospects');
    expect(belonging).toEqual({ 'new-customers': 2, prospects: 0 });
    expect((await stack.api('GET', '/api/segments/belonging?of=prospects,nobody')).status).toBe(404);
    const mei = await stack.get('/api/customers/mei');
    expect(mei.segments.map(({ id, belongs }: Json) => [id, belongs])).toEqual([
      ['new-customers', false],
      ['prospects', true],
    ]);
  });

  it('are described by a persona: of everybody in it, which share is what', async () => {
    const { total, exact, name, dimensions } = await stack.get('/api/personas?segment=new-customers');
    expect([total, exact, name.zh]).toEqual([2, true, '新客群体']);
    const named = Object.fromEntries(
      dimensions.map(({ id, values, none }: Json) => [
        id,
        [...values.map(({ key, count }: Json) => [key, count]), ['none', none.count]],
      ]),
    );
    expect(named).toMatchObject({
      'group:level': [
        ['新客', 2],
        ['none', 0],
      ],
      'category:basic': [
        ['渠道-公众号', 2],
        ['none', 0],
      ],
    });
    expect((await stack.get('/api/personas?tag=老客')).total).toBe(1);
    expect((await stack.get('/api/personas')).total).toBe(3);
    expect((await stack.api('GET', '/api/personas?segment=nobody')).status).toBe(404);
  });

  it('change by time alone, and by what wakes her; waking starts the journey that waits for it', async () => {
    await stack.advance('P8D');
    expect((await counts())['dormant']).toBe(3);
    expect(await stack.get('/api/segments/overlap?of=dormant,prospects')).toMatchObject({
      all: 1,
      any: 3,
      exact: true,
    });
    await stack.track('an', 'Content Liked');
    expect(await members('dormant')).toEqual(['li', 'mei']);
    const { items } = await stack.get('/api/executions?journey=woken');
    expect(items).toMatchObject([{ customer: 'an', cause: { type: 'segmentLeft', name: 'dormant' } }]);
    const { items: story } = await stack.get('/api/customers/an/timeline');
    expect(story).toContainEqual(expect.objectContaining({ type: 'segment', op: 'left', segment: 'dormant' }));
  });

  it('are exported by their members alone', async () => {
    const answer = await fetch(`${stack.url}/api/segments/dormant/export?limit=1`);
    const page = await answer.text();
    expect(page.split('\r\n')[1]).toMatch(/^li,/);
    const next = await fetch(`${stack.url}/api/segments/dormant/export?cursor=${answer.headers.get('x-next-cursor')}`);
    expect(await next.text()).toMatch(/^mei,/);
  });
});

describe('a segment of her own making', () => {
  const when = { all: [{ segment: 'dormant' }, { did: { event: 'Order Completed' } }] };

  it('is counted before it is saved, exactly', async () => {
    expect((await stack.api('POST', '/api/conditions/count', { when })).body).toMatchObject({
      count: 1,
      exact: true,
      customers: 3,
    });
    const wrong = await stack.api('POST', '/api/conditions/count', { when: { tagged: 'x' } });
    expect([wrong.status, wrong.body.diagnostics[0].code]).toEqual([422, 'rule-unknown-operator']);
  });

  it('fills as things happen, and goes again; a mistake names its field', async () => {
    const words = { zh: '沉默老客', en: 'Dormant buyers' };
    const put = (more: object) =>
      stack.api('PUT', '/api/segments/dormant-buyers', { name: words, goal: words, when, ...more });
    const refused = await put({ when: { tag: 'nowhere' } });
    expect(refused.body.diagnostics).toMatchObject([{ code: 'segment-looks-at-tag-unknown', field: 'when' }]);
    expect((await put({})).status).toBe(200);
    await stack.advance('P8D');
    await stack.track('li', 'Message Sent');
    expect(await members('dormant-buyers')).toEqual(['li']);
    expect((await stack.api('DELETE', '/api/segments/dormant-buyers')).status).toBe(200);
    expect(Object.keys(await counts())).toHaveLength(5);
  });

  it('is built of what there is: operators with labels, events with their properties, tags, segments', async () => {
    const builder = await stack.get('/api/conditions/builder');
    expect(builder.operators.find(({ name }: Json) => name === 'did')).toMatchObject({
      label: { zh: '做过', en: 'Did' },
      schema: { properties: { event: { widget: 'event-name' } } },
    });
    expect(builder.events.find(({ name }: Json) => name === 'Product Viewed')).toMatchObject({
      seen: 1,
      properties: expect.arrayContaining(['properties.product_id']),
    });
    expect(builder.segments.map(({ id }: Json) => id)).toContain('dormant');
    expect(builder.tags.map(({ key }: Json) => key)).toContain('VIP');
  });
});
