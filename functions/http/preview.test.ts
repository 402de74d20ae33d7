import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Journey } from '../../shared/journey/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { callHttp } from '../../test/support/call-http.ts';
import { followLists } from '../../test/support/follow-lists.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { handler as ingest } from '../events/ingest.ts';
import { handler as api } from './api.ts';

const NOW = '2026-03-02T04:00:00.000Z';
const words = (text: string) => ({ zh: text, en: text });
const say = (body: string, more: object = {}) =>
  node('say', 'message', { channel: 'inbox', body, byResult: false, ...more });
const draft = (nodes: Journey['nodes'], more: Partial<Journey> = {}): Journey =>
  journey('tour', {
    name: '新品',
    nodes: [node('in', 'enter-event', { event: 'Toured' }), ...nodes],
    edges: edges('in -> say'),
    ...more,
  });

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  const ruleset = {
    version: 1,
    zone: 'Asia/Shanghai',
    groups: [],
    tags: [
      {
        key: 'cheap',
        name: words('拒绝低价'),
        category: 'need',
        when: { trait: { path: 'cheap', op: 'exists' } },
        excludes: ['低价'],
      },
    ],
    segments: [{ id: 'tourists', name: words('来过'), goal: words('g'), when: { did: { event: 'Toured' } } }],
  };
  await callHttp(api, 'PUT', '/api/ruleset', { body: { baseVersion: 0, ruleset } });
  const identify = (userId: string, traits: object) => ({
    type: 'identify',
    userId,
    messageId: `i-${userId}`,
    timestamp: NOW,
    traits,
  });
  await ingest(
    busBatch([
      identify('mei', { name: '梅', birthday: '1990-05-01' }),
      tracked('mei', 'Toured', '2026-03-01T01:00:00.000Z', { properties: { room: '花房' } }),
      tracked('mei', 'Toured', '2026-03-01T02:00:00.000Z', { properties: { room: '暖房' } }),
      identify('an', { cheap: true }),
      tracked('an', 'Toured', '2026-03-01T01:00:00.000Z'),
      tracked('an', 'Unsubscribed', '2026-03-01T03:00:00.000Z'),
    ]),
    lambdaContext,
  );
  await followLists(tables);
});
afterAll(() => tables.stop());

const look = (body: object) => callHttp(api, 'POST', '/api/journeys/tour/preview', { body: { node: 'say', ...body } });

describe('a preview of a message', () => {
  it('is written with her profile and the newest event that lets her in', async () => {
    const document = draft([say('{{ user.name }}，{{ event.properties.room }}开了')]);
    const { status, body } = await look({ document, customer: 'mei' });
    expect(status).toBe(200);
    expect(body.cause).toMatchObject({ type: 'event', name: 'Toured', at: '2026-03-01T02:00:00.000Z' });
    expect(body.messages).toEqual([
      { channel: 'inbox', rendered: { ok: true, body: '梅，暖房开了' }, missing: [], stops: [] },
    ]);
  });

  it('goes through a segment one by one, names what has no value, and tells all that would stop it', async () => {
    const document = draft([say('{{ user.name }}，便宜了', { topics: ['低价'] })]);
    const first = (await look({ document, segment: 'tourists' })).body;
    expect(first.customer.id).toBe('an');
    expect(first.messages[0].missing).toEqual([{ name: 'user.name', covered: false }]);
    expect(first.messages[0].stops.map(({ reason }: { reason: string }) => reason)).toEqual([
      'unsubscribed',
      'excluded',
    ]);
    const second = (await look({ document, segment: 'tourists', cursor: first.cursor })).body;
    expect([second.customer.id, second.messages[0].stops, second.cursor]).toEqual(['mei', [], undefined]);
  });

  it('of a journey that begins on a date knows the day', async () => {
    const birthday = { trait: 'birthday', when: 'on', at: '10:00', every: 'year' };
    const document = draft([say('{{ event.properties.occasion }} 快乐')]);
    const nodes = [node('in', 'enter-date', birthday), document.nodes[1]!];
    const { body } = await look({ document: { ...document, nodes }, customer: 'mei' });
    expect(body.messages[0].rendered.body).toBe('2026-05-01 快乐');
  });

  it('says why there is none: half done, nobody, nothing to send', async () => {
    const document = draft([say('好'), node('wait', 'wait', { duration: 'P1D' })]);
    const code = async (body: object) => (await look({ document, ...body })).body.error.code;
    expect(await code({})).toBe('nobody-chosen');
    expect(await code({ customer: 'nobody' })).toBe('not-found');
    expect(await code({ customer: 'mei', node: 'nowhere' })).toBe('not-found');
    expect(await code({ customer: 'mei', node: 'wait' })).toBe('node-sends-nothing');
    expect(await code({ segment: 'none' })).toBe('not-found');
    expect(await code({ customer: 'mei', document: draft([node('say', 'message', {})]) })).toBe('node-half-done');
    const empty = (
      await look({ document: draft([say("{{ user.x }}{% abort_message '没有内容' %}")]), customer: 'mei' })
    ).body;
    expect(empty.messages[0].rendered).toMatchObject({ ok: false, reason: 'aborted', words: { zh: '没有内容' } });
  });
});
