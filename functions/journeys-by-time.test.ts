import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../test/support/journey-stack.ts';

/*
 * Journeys that begin by time, on the whole stack: its clock is moved, and everybody comes in at the very moment.
 * The clock begins on Wednesday, 25 February 2026 at 09:00 in Shanghai (01:00 UTC).
 */
const say = (id: string, body: string) => node(id, 'message', { channel: 'inbox', body, byResult: false });
const BEGINS = '2026-02-25T01:00:00.000Z';

let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
  await stack.api('POST', '/_local/clock', { to: BEGINS, freeze: true });
  await stack.rules([
    { key: 'vip', name: { zh: 'VIP', en: 'VIP' }, category: 'value', manual: true },
    { key: 'quiet', name: { zh: '安静', en: 'Quiet' }, category: 'behaviour', manual: true },
  ]);
  for (const customer of ['mei', 'an', 'bo']) await stack.track(customer, 'Contact Added');
  for (const customer of ['mei', 'an']) await stack.api('POST', `/api/customers/${customer}/tags`, { add: ['vip'] });
});
afterAll(() => stack.close());

const entries = async (id: string) =>
  (await stack.get(`/api/executions?journey=${id}&limit=100`)).items
    .map(({ customer, enteredAt }: Record<string, string>) => `${customer} ${enteredAt}`)
    .sort();
const to = (instant: string) => stack.api('POST', '/_local/clock', { to: instant });

describe('a journey that begins by a schedule', () => {
  beforeAll(async () => {
    await stack.publish(
      journey('weekly', {
        entry: { reentry: { type: 'always' }, audience: { not: { tag: 'quiet' } } },
        nodes: [node('in', 'enter-schedule', { on: 'cron(0 10 ? * MON *)', tag: 'vip' }), say('hello', '周一好')],
        edges: edges('in -> hello'),
      }),
    );
  });

  it('lets its audience in at the moment, each once, and nobody else', async () => {
    await to('2026-03-02T01:59:59.000Z');
    expect(await entries('weekly')).toEqual([]);
    await to('2026-03-02T05:00:00.000Z');
    expect(await entries('weekly')).toEqual(['an 2026-03-02T02:00:00.000Z', 'mei 2026-03-02T02:00:00.000Z']);
    const [run] = (await stack.get('/api/executions?customer=mei')).items;
    expect(run.cause).toEqual({ type: 'schedule', name: 'cron(0 10 ? * MON *)', at: '2026-03-02T02:00:00.000Z' });
  });

  it('comes again a week later to who is in it then; who may not is told why', async () => {
    await stack.api('POST', '/api/customers/bo/tags', { add: ['vip'] });
    await stack.api('POST', '/api/customers/an/tags', { add: ['quiet'] });
    await to('2026-03-10T00:00:00.000Z');
    expect((await entries('weekly')).filter((one: string) => one.includes('03-09'))).toEqual([
      'bo 2026-03-09T02:00:00.000Z',
      'mei 2026-03-09T02:00:00.000Z',
    ]);
    const { items } = await stack.get('/api/journeys/weekly/refusals');
    expect(items).toMatchObject([{ customer: 'an', reason: 'audience', cause: { type: 'schedule' } }]);
  });

  it('leaves out what comes while it is paused, and begins anew with another schedule when that is published', async () => {
    await stack.api('POST', '/api/journeys/weekly/pause');
    await to('2026-03-17T00:00:00.000Z');
    await stack.api('POST', '/api/journeys/weekly/resume');
    expect((await entries('weekly')).filter((one: string) => one.includes('03-16'))).toEqual([]);
    const { draft } = await stack.get('/api/journeys/weekly');
    const document = structuredClone(draft.document);
    document.nodes[0].config.on = 'at(2026-03-20T09:30:00)';
    const { body } = await stack.api('PUT', '/api/journeys/weekly/draft', { document, revision: draft.revision });
    expect((await stack.api('POST', '/api/journeys/weekly/publish', body)).status).toBe(200);
    await to('2026-03-31T00:00:00.000Z');
    expect((await entries('weekly')).slice(-1)).toEqual(['mei 2026-03-20T01:30:00.000Z']);
    expect((await entries('weekly')).filter((one: string) => /03-(2[1-9]|3)/.test(one))).toEqual([]);
    // Once is over; unchanged it may be published again, a new moment that has passed may not.
    const again = { ...body, revision: body.revision };
    expect((await stack.api('POST', '/api/journeys/weekly/publish', again)).status).toBe(200);
    document.nodes[0].config.on = 'at(2026-03-21T09:30:00)';
    const past = await stack.api('PUT', '/api/journeys/weekly/draft', { document, revision: body.revision });
    const refused = await stack.api('POST', '/api/journeys/weekly/publish', past.body);
    expect([refused.status, refused.body.diagnostics[0].code]).toEqual([422, 'schedule-past']);
  });
});

describe('a journey that begins by a date of the customer', () => {
  const greets = (id: string, config: object) =>
    journey(id, {
      entry: { reentry: { type: 'always' } },
      nodes: [
        node('in', 'enter-date', { trait: 'birthday', when: 'on', at: '10:00', every: 'year', ...config }),
        say('hi', '{{ user.name }}，{{ event.properties.occasion }} 快乐'),
      ],
      edges: edges('in -> hi'),
    });
  beforeAll(async () => {
    await stack.identify('li', { name: '李', birthday: '1990-04-02' });
    await stack.identify('leap', { name: '闰', birthday: '2000-02-29' });
    await stack.publish(greets('birthday', {}));
    await stack.publish(greets('week-before', { when: 'before', days: 7 }));
  });

  it('begins on it at its time, for those who had the date before and those who tell it later', async () => {
    await stack.identify('wu', { name: '吴', birthday: '04-03' });
    await to('2026-04-04T00:00:00.000Z');
    expect(await entries('birthday')).toEqual(['li 2026-04-02T02:00:00.000Z', 'wu 2026-04-03T02:00:00.000Z']);
    expect(await entries('week-before')).toEqual([]);
    const { items } = await stack.get('/api/customers/li/messages');
    expect(items.map(({ body }: { body: string }) => body)).toEqual(['李，2026-04-02 快乐']);
  });

  it('follows the date when it changes, and does not begin twice for the same one', async () => {
    await stack.identify('wu', { birthday: '1991-04-20' });
    await stack.identify('li', { birthday: 'unknown' });
    await to('2026-05-01T00:00:00.000Z');
    expect(await entries('week-before')).toEqual(['wu 2026-04-13T02:00:00.000Z']);
    expect((await entries('birthday')).filter((one: string) => one.startsWith('wu'))).toEqual([
      'wu 2026-04-03T02:00:00.000Z',
      'wu 2026-04-20T02:00:00.000Z',
    ]);
    expect((await entries('birthday')).filter((one: string) => one.startsWith('li'))).toHaveLength(1);
  });

  it('of 29 February begins on 1 March of a common year, year after year', async () => {
    await to('2028-03-05T00:00:00.000Z');
    expect((await entries('birthday')).filter((one: string) => one.startsWith('leap'))).toEqual([
      'leap 2027-03-01T02:00:00.000Z',
      'leap 2028-02-29T02:00:00.000Z',
    ]);
  });
});
