import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { handler as api } from './api.ts';

const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  setClock(NOW);
  await putRuleset(rules([tag('a', 1)]), 0, { author: 'wang@example.com' });
});

const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, value: number) => ({
  key,
  name: words(key),
  category: 'value',
  when: { did: { event: 'Order', count: { op: 'gte' as const, value } } },
});
const rules = (tags: readonly ReturnType<typeof tag>[]) => ({ version: 0, zone: 'UTC', groups: [], tags });

async function call(method: string, path: string, body?: unknown, role = 'publisher') {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { 'content-type': 'application/json', host: 'local' },
    requestContext: {
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      domainName: 'local',
      authorizer: { jwt: { claims: { sub: 's', email: 'mei@example.com', 'cognito:groups': `[${role}]` } } },
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    isBase64Encoded: false,
  };
  const answer = (await api(event as never, lambdaContext)) as APIGatewayProxyStructuredResultV2;
  return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined };
}

const draft = (tags: readonly unknown[], more: object = {}) =>
  call('PUT', '/api/ruleset/draft', {
    ruleset: { ...rules([]), tags },
    baseVersion: 1,
    revision: 0,
    ...more,
  });

describe('a draft of the rules', () => {
  it('says what it changes, is published with author and note, and is gone then', async () => {
    const { body } = await draft([tag('a', 2), tag('b', 1)]);
    expect(body.draft).toMatchObject({ revision: 1, author: 'mei@example.com', stale: false });
    expect(body.draft.changes.map(({ op, key }: { op: string; key: string }) => `${op} ${key}`)).toEqual([
      'changed a',
      'added b',
    ]);
    expect((await call('GET', '/api/ruleset')).body.version).toBe(1);
    const published = await call('POST', '/api/ruleset/draft/publish', { revision: 1, note: 'for the sale' });
    expect(published).toMatchObject({ status: 200, body: { version: 2, warnings: expect.any(Array) } });
    expect((await call('GET', '/api/ruleset/draft')).body).toEqual({ draft: null });
    expect((await call('GET', '/api/ruleset/versions')).body).toEqual({
      current: 2,
      items: [
        { version: 2, createdAt: NOW, author: 'mei@example.com', note: 'for the sale' },
        { version: 1, createdAt: NOW, author: 'wang@example.com' },
      ],
    });
    const diff = await call('GET', '/api/ruleset/diff?from=2&to=1');
    expect(diff.body.items.map(({ op, key }: { op: string; key: string }) => `${op} ${key}`)).toEqual([
      'changed a',
      'removed b',
    ]);
  });

  it('with mistakes is kept, says where and what next, and is not published', async () => {
    const { body } = await draft([{ ...tag('a', 1), when: { nope: {} } }]);
    expect(body.draft.diagnostics[0]).toMatchObject({ field: 'tags.0.when.nope', code: 'rule-unknown-operator' });
    const refused = await call('POST', '/api/ruleset/draft/publish', { revision: 1 });
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } });
    expect((await call('GET', '/api/ruleset')).body.version).toBe(1);
  });

  it('that another has saved meanwhile is not overwritten', async () => {
    await draft([tag('a', 2)]);
    expect(await draft([tag('a', 3)])).toMatchObject({ status: 409, body: { current: { revision: 1 } } });
    expect((await draft([tag('a', 3)], { revision: 1 })).status).toBe(200);
    expect((await call('POST', '/api/ruleset/draft/publish', { revision: 1 })).status).toBe(409);
  });

  it('that others have overtaken is put onto what they published, and both are kept', async () => {
    await draft([tag('a', 2)]);
    expect((await call('PUT', '/api/tags/c', tag('c', 1))).body).toMatchObject({ version: 2 });
    expect((await call('GET', '/api/ruleset/draft')).body.draft.stale).toBe(true);
    expect((await call('POST', '/api/ruleset/draft/publish', { revision: 1 })).status).toBe(409);
    const { body } = await call('POST', '/api/ruleset/draft/rebase', { revision: 1 });
    expect(body.draft).toMatchObject({ stale: false, baseVersion: 2, revision: 2 });
    await call('POST', '/api/ruleset/draft/publish', { revision: 2 });
    const now = (await call('GET', '/api/ruleset')).body;
    expect(now.tags).toEqual([tag('a', 2), tag('c', 1)]);
  });

  it('is changed by marketers and published by publishers', async () => {
    const body = { ruleset: rules([tag('a', 2)]), baseVersion: 1, revision: 0 };
    expect((await call('PUT', '/api/ruleset/draft', body, 'viewer')).status).toBe(403);
    expect((await call('PUT', '/api/ruleset/draft', body, 'marketer')).status).toBe(200);
    expect((await call('POST', '/api/ruleset/draft/publish', { revision: 1 }, 'marketer')).status).toBe(403);
    expect((await call('POST', '/api/backfills', {}, 'marketer')).status).toBe(403);
    expect((await call('POST', '/api/ruleset/rollback', { to: 1, baseVersion: 1 }, 'marketer')).status).toBe(403);
  });
});

describe('going back', () => {
  it('publishes an old version as a new one that says so', async () => {
    await draft([tag('b', 1)]);
    await call('POST', '/api/ruleset/draft/publish', { revision: 1 });
    expect((await call('POST', '/api/ruleset/rollback', { to: 1, baseVersion: 2 })).body).toMatchObject({
      version: 3,
      warnings: expect.any(Array),
    });
    expect((await call('GET', '/api/ruleset')).body).toEqual({ ...rules([tag('a', 1)]), version: 3 });
    expect((await call('GET', '/api/ruleset/versions')).body.items[0]).toMatchObject({ version: 3, of: 1 });
    expect((await call('POST', '/api/ruleset/rollback', { to: 1, baseVersion: 2 })).status).toBe(409);
    expect((await call('POST', '/api/ruleset/rollback', { to: 9, baseVersion: 3 })).status).toBe(404);
  });
});
