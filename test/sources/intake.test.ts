import { gzipSync } from 'node:zlib';
import { Analytics, type HTTPClient, type HTTPClientRequest } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JourneyStack, startJourneyStack } from '../support/journey-stack.ts';

/* Segment's own library, and what other clients send by hand, against the whole local stack. */
let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
});
afterAll(() => stack.close());

const BASIC = { authorization: `Basic ${btoa('local:')}`, 'content-type': 'application/json' };

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const packed = body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(stack.url + path, {
    method: 'POST',
    body: packed as BodyInit,
    headers: { ...BASIC, ...headers },
  });
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
}

const settle = () => stack.advance('PT1S');
const eventsOf = async (customer: string) => {
  const { items } = await stack.get(`/api/customers/${encodeURIComponent(customer)}/timeline?limit=1000`);
  return (items as { type: string; id: string; name: string; at: string }[]).filter(({ type }) => type === 'event');
};
const rejected = async () =>
  (await stack.get('/api/rejected-events?limit=1000')).items as {
    id?: string;
    source: string;
    detail: unknown;
    diagnostics: { code: string; field?: string; next: { zh: string; en: string } }[];
  }[];

/** Sends as the library does, and packs the body where a proxy would. */
const packing: HTTPClient = {
  makeRequest: ({ url, method, headers, body }: HTTPClientRequest) =>
    fetch(url, { method, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(String(body)) }),
};

function library(more: Partial<ConstructorParameters<typeof Analytics>[0]> = {}) {
  const analytics = new Analytics({ writeKey: 'local', host: stack.url, maxRetries: 2, flushInterval: 50, ...more });
  const errors: { reason?: unknown }[] = [];
  analytics.on('error', (error) => errors.push(error));
  return { analytics, errors };
}

describe('@segment/analytics-node', () => {
  it.each([
    ['as it is', {}],
    ['with packed bodies', { httpClient: packing }],
  ])('%s brings every kind of message, each once', async (name, settings) => {
    const { analytics, errors } = library(settings);
    const userId = `segment-${name.length}`;
    analytics.identify({ userId, traits: { name: '李薇', city: '上海' } });
    analytics.track({ userId, event: 'Order Completed', properties: { order_id: 'o-7', total: 128.5 } });
    analytics.page({ userId, name: 'Cream', properties: { url: 'https://shop.example.com/cream' } });
    analytics.screen({ userId, name: 'Cart' });
    analytics.group({ userId, groupId: 'g-1', traits: { name: '花径' } });
    analytics.alias({ userId, previousId: `before-${userId}` });
    await analytics.closeAndFlush();
    await settle();
    expect(errors).toEqual([]);
    const names = (await eventsOf(userId)).map(({ name: event }) => event).sort();
    expect(names).toEqual(['$alias', '$group', '$identify', '$page', '$screen', 'Order Completed']);
    expect((await stack.get(`/api/customers/${userId}`)).traits).toMatchObject({ name: '李薇', city: '上海' });
  });

  it('sends two hundred events in batches of its own, and none is lost or doubled', async () => {
    const { analytics, errors } = library({ flushAt: 50 });
    for (let i = 0; i < 200; i++)
      analytics.track({ userId: 'many', event: 'Product Viewed', properties: { product_id: `p-${i}` } });
    await analytics.closeAndFlush();
    await settle();
    const events = await eventsOf('many');
    expect([errors.length, events.length, new Set(events.map(({ id }) => id)).size]).toEqual([0, 200, 200]);
  });

  it('with a wrong key is told so, and nothing is taken', async () => {
    const { analytics, errors } = library({ writeKey: 'guess' });
    analytics.track({ userId: 'thief', event: 'Order Completed' });
    await analytics.closeAndFlush();
    await settle();
    expect(errors.map(({ reason }) => String(reason))).toEqual([expect.stringContaining('401')]);
    expect((await stack.api('GET', '/api/customers/thief')).status).toBe(404);
  });
});

describe('by hand', () => {
  it('a repeated batch changes nothing', async () => {
    const batch = [1, 2].map((n) => ({
      type: 'track',
      event: 'Paid',
      userId: 'twice',
      messageId: `t-${n}`,
      timestamp: '2026-01-01T00:00:00Z',
    }));
    for (let i = 0; i < 3; i++) expect((await post('/v1/batch', { batch })).body).toEqual({ success: true });
    await settle();
    expect(await eventsOf('twice')).toHaveLength(2);
  });

  it('the wrong messages of a batch are named, kept and shown; the others count', async () => {
    const good = {
      type: 'track',
      event: 'Kept',
      userId: 'partly',
      messageId: 'p-1',
      timestamp: '2026-01-01T00:00:00Z',
    };
    const batch = [
      good,
      { ...good, userId: undefined, messageId: 'p-2' },
      { ...good, type: 'x'.repeat(300), messageId: 'p-3' },
      'no object',
    ];
    const answer = await post('/v1/batch', { batch });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        success: true,
        problems: [
          { code: 'event-no-customer', field: 'batch.1.userId' },
          { code: 'event-field-value', field: 'batch.2.type' },
          { code: 'event-field-type', field: 'batch.3' },
        ],
      },
    });
    await settle();
    expect((await eventsOf('partly')).map(({ id }) => id)).toEqual(['p-1']);
    const kept = (await rejected()).filter(({ id, detail }) => id?.startsWith('p-') || detail === 'no object');
    expect(kept.map(({ id, diagnostics }) => `${id} ${diagnostics[0]?.code}`).sort()).toEqual([
      'p-2 event-no-customer',
      'p-3 event-field-value',
      'undefined event-field-type',
    ]);
    for (const { diagnostics } of kept)
      expect([diagnostics[0]?.next.zh, diagnostics[0]?.next.en]).toEqual([
        expect.stringMatching(/。$/),
        expect.stringMatching(/\.$/),
      ]);
  });

  it('a message over 32 KB refuses its request, as Segment does: it is kept and shown, and nothing else happens', async () => {
    const good = { type: 'track', event: 'Kept', userId: 'large', messageId: 'l-1', timestamp: '2026-01-01T00:00:00Z' };
    const batch = [good, { ...good, messageId: 'l-2', properties: { note: '长'.repeat(11_000) } }];
    expect(await post('/v1/batch', { batch })).toMatchObject({
      status: 400,
      body: {
        success: false,
        error: { code: 'message-too-large' },
        diagnostics: [{ code: 'event-over-limit', field: 'batch.1' }],
      },
    });
    await settle();
    expect((await stack.api('GET', '/api/customers/large')).status).toBe(404);
    expect((await rejected()).filter(({ diagnostics }) => diagnostics[0]?.code === 'event-over-limit')).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"batch": [', {}, 'body-not-json'],
    ['a list', '[]', {}, 'body-no-object'],
    ['no batch', '{"batch": []}', {}, 'batch-empty'],
    ['more than 500 KB', JSON.stringify({ batch: [{ note: 'x'.repeat(520_000) }] }), {}, 'request-too-large'],
    ['a bomb', gzipSync(Buffer.alloc(50_000_000, 32)), { 'content-encoding': 'gzip' }, 'request-too-large'],
    ['what is not packed', '{"batch": [{}]}', { 'content-encoding': 'gzip' }, 'body-not-unpackable'],
    ['an unknown packing', '{"batch": [{}]}', { 'content-encoding': 'zip' }, 'encoding-unknown'],
  ])('%s is answered 400 with code, words and next step', async (_, body, headers, code) => {
    const answer = await post('/v1/batch', body, headers);
    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
    expect(answer.body.error.message.zh).toMatch(/。$/);
    expect(answer.body.error.next.en).toMatch(/\.$/);
  });

  it('a browser may send from any page, to the short addresses, with the key in the body', async () => {
    const preflight = await fetch(`${stack.url}/v1/t`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:9999', 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    const body = {
      event: 'Seen',
      anonymousId: 'a-browser',
      messageId: 'ajs-1',
      writeKey: 'local',
      sentAt: new Date().toISOString(),
    };
    const headers = { 'content-type': 'text/plain', authorization: '', origin: 'http://localhost:9999' };
    const answer = await post('/v1/t', body, headers);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    await settle();
    expect((await eventsOf('a-browser')).map(({ name }) => name)).toEqual(['Seen']);
  });

  it('a device whose clock is three hours slow is put right by its sentAt', async () => {
    const now = Date.parse(await stack.now());
    const its = (ms: number) => new Date(now - 3 * 3_600_000 + ms).toISOString();
    const message = { type: 'track', event: 'Tapped', userId: 'slow', messageId: 's-1', timestamp: its(-5000) };
    for (const ms of [0, 700]) await post('/v1/batch', { batch: [message], sentAt: its(ms) });
    await settle();
    const events = await eventsOf('slow');
    expect(events).toHaveLength(1);
    expect(Math.abs(Date.parse(events[0]!.at) - (now - 5000))).toBeLessThan(2000);
  });
});
