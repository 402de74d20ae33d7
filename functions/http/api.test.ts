import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { callHttp as call } from '../../test/support/call-http.ts';
import { type HandDriven, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { handler as ingest } from '../events/ingest.ts';
import { handler as api } from './api.ts';
import { handler as intake } from './intake.ts';
import { handler as publish } from './publish.ts';

const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
let machines: HandDriven;
beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  machines = await startHandDriven(() => Date.parse(NOW));
});
afterAll(async () => {
  await machines.stop();
  await tables.stop();
});

const simple = (id: string) =>
  journey(id, { nodes: [node('in', 'enter-event', { event: 'In' }), node('out', 'exit')], edges: edges('in -> out') });

describe('who may do what', () => {
  it('nobody without a sign-in, and each role as far as it goes', async () => {
    expect((await call(api, 'GET', '/api/journeys', { groups: '' })).status).toBe(401);
    expect((await call(api, 'GET', '/api/journeys', { groups: '[others]' })).status).toBe(403);
    expect((await call(api, 'GET', '/api/journeys', { groups: '[viewer]' })).status).toBe(200);
    const document = simple('roles');
    const refused = await call(api, 'POST', '/api/journeys', { groups: '[viewer]', body: { document } });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
    expect((await call(api, 'POST', '/api/journeys', { groups: '[marketer]', body: { document } })).status).toBe(201);
    const path = '/api/journeys/roles/publish';
    expect((await call(publish, 'POST', path, { groups: '[marketer viewer]', body: { revision: 1 } })).status).toBe(
      403,
    );
    expect((await call(publish, 'POST', path, { groups: '[publisher]', body: { revision: 1 } })).status).toBe(200);
  });
});

describe('personal data', () => {
  const SECRET = ['李小薇', '13812345678', 'li@example.com'];
  const traits = { name: SECRET[0], phone: SECRET[1], email: SECRET[2], city: '上海' };

  it('is masked for who only looks on, wherever a customer is shown, and plain for who speaks to her', async () => {
    const events = [
      { ...tracked('li', 'x', NOW), type: 'identify', event: undefined, traits, messageId: 'li-1' },
      tracked('li', 'Order Completed', NOW, { total: 10, shipping: { phone: SECRET[1], store: '南京路店' } }),
    ];
    await ingest(busBatch(events as never), lambdaContext);
    const places = ['/api/customers?q=li', '/api/customers/li', '/api/customers/li/timeline'];
    for (const path of places) {
      const masked = JSON.stringify((await call(api, 'GET', path, { groups: '[viewer]' })).body);
      for (const value of SECRET) expect(masked, path).not.toContain(value);
    }
    const plain = (await call(api, 'GET', '/api/customers/li', { groups: '[staff]' })).body;
    expect(plain.traits).toEqual(traits);
    const masked = (await call(api, 'GET', '/api/customers/li', { groups: '[viewer]' })).body;
    expect(masked.traits).toEqual({ name: '李**', phone: '138****5678', email: 'l***@example.com', city: '上海' });
  });

  it('and tasks are worked on by who speaks to customers, not by who only looks on', async () => {
    const path = '/api/tasks/li/t1/take';
    expect((await call(api, 'POST', path, { groups: '[viewer]' })).status).toBe(403);
    expect((await call(api, 'POST', path, { groups: '[staff]' })).status).toBe(404);
  });
});

describe('drafts', () => {
  it('are saved one after the other: who comes late gets what is there now', async () => {
    const document = simple('shared');
    expect((await call(api, 'POST', '/api/journeys', { body: { document } })).body).toEqual({
      id: 'shared',
      revision: 1,
    });
    expect((await call(api, 'POST', '/api/journeys', { body: { document } })).body.error.code).toBe('id-taken');
    const mine = { ...document, name: '我的' };
    const saved = await call(api, 'PUT', '/api/journeys/shared/draft', { body: { document: mine, revision: 1 } });
    expect(saved.body).toEqual({ revision: 2 });
    const late = await call(api, 'PUT', '/api/journeys/shared/draft', { body: { document, revision: 1 } });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({
      error: { code: 'conflict' },
      current: { revision: 2, document: { name: '我的' } },
    });
    expect((await call(publish, 'POST', '/api/journeys/shared/publish', { body: { revision: 1 } })).status).toBe(409);
  });

  it('that cannot run are refused at publishing, with node and field, in both languages', async () => {
    const broken = journey('broken', {
      nodes: [node('in', 'enter-event', { event: 'In' }), node('wait', 'wait', {}), node('far', 'exit')],
      edges: edges('in -> wait'),
    });
    expect((await call(api, 'POST', '/api/journeys', { body: { document: broken } })).status).toBe(201);
    const { status, body } = await call(publish, 'POST', '/api/journeys/broken/publish', { body: { revision: 1 } });
    expect(status).toBe(422);
    expect(body.diagnostics[0]).toMatchObject({
      node: 'wait',
      field: expect.stringContaining('config'),
      severity: 'error',
    });
    expect([body.diagnostics[0].message.zh, body.diagnostics[0].message.en].every(Boolean)).toBe(true);
    const checked = await call(api, 'POST', '/api/journeys/broken/check', { body: {} });
    expect(checked.body.diagnostics).toEqual(body.diagnostics);
    expect((await call(api, 'GET', '/api/journeys/broken/live')).status).toBe(404);
  });

  it('can be deleted until they were published', async () => {
    await call(api, 'POST', '/api/journeys', { body: { document: simple('brief') } });
    expect((await call(api, 'DELETE', '/api/journeys/brief')).status).toBe(204);
    expect((await call(api, 'GET', '/api/journeys/brief')).status).toBe(404);
    expect((await call(api, 'DELETE', '/api/journeys/roles')).body.error.code).toBe('was-published');
  });
});

describe('publishing', () => {
  it('makes version after version, each kept as it was', async () => {
    await call(api, 'POST', '/api/journeys', { body: { document: simple('twice') } });
    const first = await call(publish, 'POST', '/api/journeys/twice/publish', { body: { revision: 1 } });
    const document = { ...simple('twice'), name: '第二版' };
    await call(api, 'PUT', '/api/journeys/twice/draft', { body: { document, revision: 1 } });
    const second = await call(publish, 'POST', '/api/journeys/twice/publish', { body: { revision: 2 } });
    expect([first.body.version, second.body.version]).toEqual([1, 2]);
    expect(first.body.versionArn).not.toBe(second.body.versionArn);
    const { body } = await call(api, 'GET', '/api/journeys/twice');
    expect(body).toMatchObject({ liveVersion: 2, versions: [{ version: 1 }, { version: 2 }] });
    expect((await call(api, 'GET', '/api/journeys/twice/versions/1')).body.document.name).toBe('twice');
    expect((await call(api, 'GET', '/api/journeys/twice/versions/2')).body.document.name).toBe('第二版');
  });
});

describe('bad requests', () => {
  it('are answered with code, words and place, never with a stack trace', async () => {
    const notJson = await call(api, 'POST', '/api/journeys', { raw: '{"document":' });
    expect([notJson.status, notJson.body.error.code]).toEqual([400, 'body-not-json']);
    const wrong = await call(api, 'PUT', '/api/ruleset', { body: { ruleset: {}, baseVersion: 'one' } });
    expect(wrong.status).toBe(422);
    expect(wrong.body.diagnostics).toMatchObject([
      {
        field: 'baseVersion',
        message: { zh: expect.stringContaining('应为数字'), en: expect.stringContaining('a number is expected') },
      },
    ]);
    const bad = { tags: [{ key: 'x' }], groups: [], zone: 'Nowhere/City' };
    const rules = await call(api, 'PUT', '/api/ruleset', { body: { ruleset: bad, baseVersion: 0 } });
    expect([rules.status, rules.body.diagnostics.length > 0]).toEqual([422, true]);
    expect((await call(api, 'GET', '/api/no-such-thing')).body.error.code).toBe('no-such-route');
    expect((await call(api, 'GET', '/api/customers/nobody')).status).toBe(404);
    expect((await call(api, 'GET', '/api/executions/nobody/x-1-1')).status).toBe(404);
    expect((await call(api, 'GET', '/api/inbox?limit=0')).status).toBe(422);
    expect(JSON.stringify([notJson, wrong, rules])).not.toContain('.ts:');
  });

  it('that would break those who work on them are refused at the door', async () => {
    const nested = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const deep = await call(api, 'POST', '/api/conditions/count', { raw: `{"when":${nested}}` });
    expect([deep.status, deep.body.error]).toMatchObject([400, { code: 'body-too-deep', at: 'when.a.a.a.…' }]);
    const half = { ...simple('half'), name: '花径😀'.slice(0, 3) };
    const broken = await call(api, 'POST', '/api/journeys', { body: { document: half } });
    expect([broken.status, broken.body.error]).toMatchObject([400, { code: 'body-broken-text', at: 'document.name' }]);
    const huge = simple('huge');
    const note = () => Array.from({ length: 400 }, () => Math.random().toString(36)).join('');
    const nodes = Array.from({ length: 150 }, (_, i) => node(`m${i}`, 'message', { text: note() }));
    const tooLarge = await call(api, 'POST', '/api/journeys', { body: { document: { ...huge, nodes } } });
    expect([tooLarge.status, tooLarge.body.diagnostics?.[0].code]).toEqual([422, 'journey-too-large']);
    expect((await call(api, 'GET', '/api/journeys')).body.items.map(({ id }: { id: string }) => id)).not.toContain(
      'huge',
    );
    const missing = await call(api, 'POST', '/api/journeys/import', { body: {} });
    expect([missing.status, missing.body.error.code]).toEqual([422, 'invalid']);
  });

  it('about things with impossible names are about things that there are not', async () => {
    const long = encodeURIComponent('汉'.repeat(1500));
    const paths = ['journeys', 'customers', 'imports', 'backfills', 'tags', 'segments'].map(
      (of) => `/api/${of}/${long}`,
    );
    for (const path of [...paths, `/api/journeys/${long}/versions/1`]) {
      expect((await call(api, 'GET', path)).status, path.slice(0, 20)).toBe(404);
    }
    expect((await call(api, 'GET', `/api/customers?tag=${long}`)).body.items).toEqual([]);
    const gone = await call(api, 'DELETE', '/api/journeys/nobody');
    expect([gone.status, gone.body.error.code]).toEqual([404, 'not-found']);
  });

  it('with the cursor of another list, or of nobody, are told so: no page is left out in silence', async () => {
    await ingest(busBatch(['a', '😀b', 'ｃ'].map((id) => tracked(`page-${id}`, 'X', NOW))), lambdaContext);
    const first = await call(api, 'GET', '/api/customers?limit=1');
    const cursor = encodeURIComponent(first.body.cursor);
    expect((await call(api, 'GET', `/api/customers?limit=1&cursor=${cursor}`)).status).toBe(200);
    const lists = [
      'inbox',
      'tasks',
      'executions',
      'journeys/x/refusals',
      'customers?tag=VIP',
      'exports/customers?tag=VIP',
    ];
    for (const list of lists) {
      for (const from of [cursor, 'nonsense', encodeURIComponent(Buffer.from('[1,2,3,4]').toString('base64url'))]) {
        const answer = await call(api, 'GET', `/api/${list}${list.includes('?') ? '&' : '?'}cursor=${from}`);
        expect([answer.status, answer.body.error], list).toMatchObject([422, { code: 'cursor-unknown', at: 'cursor' }]);
      }
    }
    const timeline = await call(api, 'GET', `/api/customers/li/timeline?cursor=${cursor}`);
    expect([timeline.status, timeline.body.diagnostics[0].field]).toEqual([422, 'cursor']);
  });

  it('a ruleset that somebody else changed meanwhile is not overwritten', async () => {
    const tag = { key: 'a', name: { zh: '甲', en: 'A' }, category: 'basic', manual: true };
    const ruleset = { zone: 'UTC', groups: [], tags: [tag] };
    expect((await call(api, 'PUT', '/api/ruleset', { body: { ruleset, baseVersion: 0 } })).body).toMatchObject({
      version: 1,
      warnings: [{ code: 'unused-tag' }],
    });
    const late = await call(api, 'PUT', '/api/ruleset', { body: { ruleset, baseVersion: 0 } });
    expect([late.status, late.body.current.version]).toEqual([409, 1]);
  });
});

describe('tags by hand', () => {
  it('are only those that the ruleset knows and lets people set, each mistake with its place', async () => {
    const { version, ...rules } = (await call(api, 'GET', '/api/ruleset')).body;
    const name = { zh: '规则', en: 'Rule' };
    const byRule = { key: 'by-rule', name, category: 'basic', when: { did: { event: 'X' } } };
    const tags = [...rules.tags, byRule];
    const put = await call(api, 'PUT', '/api/ruleset', { body: { ruleset: { ...rules, tags }, baseVersion: version } });
    expect(put.status).toBe(200);
    await ingest(busBatch([tracked('tan', 'Seen', NOW)]), lambdaContext);
    const path = '/api/customers/tan/tags';
    const wrong = await call(api, 'POST', path, { body: { add: ['a', 'nobody', 'by-rule'], remove: ['by-rule'] } });
    expect(wrong.status).toBe(422);
    expect(wrong.body.diagnostics).toMatchObject([
      { code: 'tag-unknown', field: 'add.1' },
      { code: 'tag-by-rule', field: 'add.2' },
      { code: 'tag-by-rule', field: 'remove.0' },
    ]);
    expect((await call(api, 'GET', '/api/customers/tan')).body.tags).toEqual([]);
    expect((await call(api, 'POST', path, { body: { add: ['a'] } })).status).toBe(200);
    expect((await call(api, 'GET', '/api/customers/tan')).body.tags).toMatchObject([{ key: 'a' }]);
  });
});

describe('finding a customer', () => {
  it('goes by the beginning of her id, then by a part of her name, each once', async () => {
    const named = (userId: string, name: string) => ({
      type: 'identify',
      messageId: `named-${userId}`,
      userId,
      traits: { name },
      timestamp: NOW,
    });
    const people = [named('wu-1', '吴小梅'), named('wu-2', 'Wu Lan'), named('x-9', 'Anna WU'), named('x-8', '小梅')];
    await ingest(busBatch(people), lambdaContext);
    const find = async (q: string, limit = 50) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const path = `/api/customers?q=${encodeURIComponent(q)}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`;
        const { body } = await call(api, 'GET', path);
        expect(body.items.length).toBeLessThanOrEqual(limit);
        ids.push(...body.items.map(({ id }: { id: string }) => id));
        cursor = body.cursor;
      } while (cursor !== undefined);
      return ids;
    };
    expect(await find('wu')).toEqual(['wu-1', 'wu-2', 'x-9']);
    expect(await find('wu', 1)).toEqual(['wu-1', 'wu-2', 'x-9']);
    expect((await find('小梅')).sort()).toEqual(['wu-1', 'x-8']);
    expect(await find('nobody')).toEqual([]);
  });
});

describe('the HTTP intake', () => {
  it('takes nothing without a write key', async () => {
    const wrong = { authorization: `Basic ${btoa('guess:')}` };
    const answer = await call(intake, 'POST', '/v1/track', {
      body: { userId: 'li', event: 'X' },
      headers: wrong,
      groups: '',
    });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'wrong-write-key']);
  });
});
