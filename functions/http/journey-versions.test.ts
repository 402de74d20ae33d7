import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Journey } from '../../shared/journey/index.ts';
import { callHttp } from '../../test/support/call-http.ts';
import { type HandDriven, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, setClock, startTables } from '../../test/support/local-tables.ts';
import { handler as api } from './api.ts';
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

const say = (body: string) => node('say', 'message', { channel: 'inbox', body, byResult: false });
const hello = (id: string, body: string): Journey =>
  journey(id, { nodes: [node('in', 'enter-event', { event: 'In' }), say(body)], edges: edges('in -> say') });

/** A journey with three versions: 一, 二, 三. */
async function threeVersions(id: string): Promise<void> {
  await callHttp(api, 'POST', '/api/journeys', { body: { document: hello(id, '一') } });
  await callHttp(publish, 'POST', `/api/journeys/${id}/publish`, { body: { revision: 1, note: '第一版' } });
  for (const [revision, body] of [
    [1, '二'],
    [2, '三'],
  ] as const) {
    await callHttp(api, 'PUT', `/api/journeys/${id}/draft`, { body: { document: hello(id, body), revision } });
    await callHttp(publish, 'POST', `/api/journeys/${id}/publish`, { body: { revision: revision + 1 } });
  }
}
const diff = async (id: string, from: string, to: string) =>
  (await callHttp(api, 'GET', `/api/journeys/${id}/diff?from=${from}&to=${to}`)).body.items;

describe('the versions of a journey', () => {
  beforeAll(() => threeVersions('tour'));

  it('say who made them, when and why', async () => {
    const { body } = await callHttp(api, 'GET', '/api/journeys/tour');
    expect(body.versions).toMatchObject([
      { version: 1, author: 'mei@example.com', note: '第一版', publishedAt: NOW },
      { version: 2, author: 'mei@example.com' },
      { version: 3 },
    ]);
  });

  it('are compared in sentences, drafts with what is live too', async () => {
    const [text] = await diff('tour', '1', '3');
    expect(text).toMatchObject({ what: 'node', op: 'changed', node: 'say' });
    expect(text.lines).toEqual([{ label: { zh: '正文', en: 'Text' }, was: words('一'), is: words('三') }]);
    expect(await diff('tour', 'live', 'draft')).toEqual([]);
    await callHttp(api, 'PUT', '/api/journeys/tour/draft', { body: { document: hello('tour', '四'), revision: 3 } });
    expect((await diff('tour', 'live', 'draft'))[0].lines[0]).toMatchObject({ was: words('三'), is: words('四') });
    expect((await callHttp(api, 'GET', '/api/journeys/tour/diff?from=9&to=draft')).status).toBe(404);
    expect((await callHttp(api, 'GET', '/api/journeys/nobody/diff')).status).toBe(404);
    expect((await callHttp(api, 'GET', '/api/journeys/tour/diff?from=newest')).status).toBe(422);
  });

  it('can be taken back as the draft; what runs stays', async () => {
    const path = '/api/journeys/tour/versions/1/restore';
    const refused = await callHttp(api, 'POST', path, { body: { revision: 3 } });
    expect([refused.status, refused.body.current.revision]).toEqual([409, 4]);
    expect((await callHttp(api, 'POST', path, { body: { revision: 4 }, groups: '[viewer]' })).status).toBe(403);
    expect((await callHttp(api, 'POST', path, { body: { revision: 4 } })).body).toEqual({ revision: 5 });
    expect(await diff('tour', '1', 'draft')).toEqual([]);
    expect((await callHttp(api, 'GET', '/api/journeys/tour')).body.liveVersion).toBe(3);
  });

  it('go live again as a new version, which says what it brings back; the draft stays', async () => {
    const path = '/api/journeys/tour/rollback';
    const body = { to: 2, liveVersion: 3, note: '三不好' };
    expect((await callHttp(publish, 'POST', path, { body, groups: '[marketer]' })).status).toBe(403);
    expect((await callHttp(publish, 'POST', path, { body: { ...body, liveVersion: 2 } })).status).toBe(409);
    expect((await callHttp(publish, 'POST', path, { body: { ...body, to: 7 } })).status).toBe(404);
    expect((await callHttp(publish, 'POST', path, { body })).body.version).toBe(4);
    const record = (await callHttp(api, 'GET', '/api/journeys/tour')).body;
    expect(record.versions.at(-1)).toMatchObject({ version: 4, of: 2, note: '三不好', author: 'mei@example.com' });
    expect([record.liveVersion, record.draft.revision]).toEqual([4, 5]);
    expect(await diff('tour', '2', 'live')).toEqual([]);
  });

  it('do not come back when the rules have made them wrong: refused as at publishing', async () => {
    const tags = ['低', '高'].map((key) => ({ key, name: words(key), category: 'value', manual: true }));
    const rules = (ruleset: object, baseVersion: number) =>
      callHttp(api, 'PUT', '/api/ruleset', {
        body: { baseVersion, ruleset: { version: baseVersion + 1, zone: 'Asia/Shanghai', groups: [], ...ruleset } },
      });
    expect((await rules({ tags }, 0)).status).toBe(200);
    const both = { all: [{ tag: '低' }, { tag: '高' }] };
    const old = { ...hello('old', '一'), entry: { reentry: { type: 'never' as const }, audience: both } };
    await callHttp(api, 'POST', '/api/journeys', { body: { document: old } });
    await callHttp(publish, 'POST', '/api/journeys/old/publish', { body: { revision: 1 } });
    await callHttp(api, 'PUT', '/api/journeys/old/draft', { body: { document: hello('old', '二'), revision: 1 } });
    await callHttp(publish, 'POST', '/api/journeys/old/publish', { body: { revision: 2 } });
    const group = { id: 'level', name: words('等级'), levels: ['低', '高'] };
    const grouped = { groups: [group], tags: tags.map((tag) => ({ ...tag, group: 'level' })) };
    expect((await rules(grouped, 1)).status).toBe(200);
    const back = await callHttp(publish, 'POST', '/api/journeys/old/rollback', { body: { to: 1, liveVersion: 2 } });
    expect([back.status, back.body.diagnostics[0]]).toMatchObject([422, { lint: 'L6', severity: 'error' }]);
    expect((await callHttp(api, 'GET', '/api/journeys/old')).body.liveVersion).toBe(2);
  });
});

describe('a journey as a file', () => {
  beforeAll(() => threeVersions('file'));
  const bring = (body: object, groups?: string) =>
    callHttp(api, 'POST', '/api/journeys/import', { body, ...(groups && { groups }) });

  it('goes out as draft or as any version, and comes in elsewhere under another id', async () => {
    const first = await callHttp(api, 'GET', '/api/journeys/file/export?version=1');
    expect(first.body).toEqual(hello('file', '一'));
    expect((await callHttp(api, 'GET', '/api/journeys/file/export')).body).toEqual(hello('file', '三'));
    const came = await bring({ document: first.body, as: 'copy' });
    expect([came.status, came.body]).toEqual([
      201,
      { id: 'copy', name: 'file', nodes: 2, revision: 1, diagnostics: expect.any(Array) },
    ]);
    expect((await callHttp(api, 'GET', '/api/journeys/copy')).body.status).toBe('draft');
  });

  it('whose id is taken says by which journey, and becomes its draft only where that is asked for', async () => {
    const document = hello('file', '五');
    expect((await bring({ document, dryRun: true })).body).toMatchObject({
      name: 'file',
      taken: { id: 'file', revision: 3 },
    });
    const taken = await bring({ document });
    expect([taken.status, taken.body.error.code, taken.body.current]).toEqual([
      409,
      'id-taken',
      { id: 'file', name: 'file', revision: 3, liveVersion: 3 },
    ]);
    expect((await bring({ document, over: 2 })).body.error.code).toBe('conflict');
    expect((await bring({ document, over: 3 })).body).toMatchObject({ id: 'file', revision: 4 });
    expect((await diff('file', 'live', 'draft'))[0].lines[0].is).toEqual(words('五'));
    expect((await bring({ document: hello('nowhere', '一'), over: 3 })).status).toBe(404);
  });

  it('that is none is refused with the places, and a half-done one comes in with its problems told', async () => {
    for (const document of [undefined, [], 'a', {}, { ...hello('x', '一'), schema: 2 }, { ...hello('bad id', '一') }]) {
      const refused = await bring({ document });
      expect(refused.status).toBe(422);
      expect(refused.body.diagnostics[0]).toMatchObject({ code: expect.any(String), next: expect.any(Object) });
    }
    const half = { ...hello('half', '一'), nodes: [node('in', 'enter-event', { event: 'In' }), node('w', 'wait')] };
    const came = await bring({ document: half });
    expect([came.status, came.body.diagnostics[0]]).toMatchObject([201, { node: 'w', severity: 'error' }]);
    expect((await bring({ document: hello('no', '一') }, '[viewer]')).status).toBe(403);
    expect((await bring({ document: hello('tag', '一'), dryRun: true })).body).not.toHaveProperty('taken');
    expect((await callHttp(api, 'GET', '/api/journeys/tag')).status).toBe(404);
  });
});

const words = (text: string) => ({ zh: text, en: text });
