import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privateDomain } from '../../shared/packs/private-domain/index.ts';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../../test/support/journey-stack.ts';
import { fingerprint, merge } from './packs/merge.ts';

let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
});
afterAll(() => stack.close());
const install = () => stack.api('POST', '/api/packs/private-domain/install', {});

describe('installing a pack', () => {
  it('brings its tags, segments and journeys, live at once', async () => {
    expect((await stack.get('/api/packs')).items[0]).toMatchObject({ id: 'private-domain' });
    const { status, body } = await install();
    expect(status).toBe(200);
    expect(body.journeys).toEqual(privateDomain.journeys.zh.map(({ id }) => id));
    const { items } = await stack.get('/api/journeys');
    expect(items.map(({ status }: { status: string }) => status)).toEqual(privateDomain.journeys.zh.map(() => 'live'));
    expect((await stack.get('/api/tags')).items).toHaveLength(privateDomain.rules.tags.length);
    expect((await stack.get('/api/segments')).items).toHaveLength(privateDomain.rules.segments?.length ?? 0);
    expect((await stack.get('/api/packs')).items[0].installedAt).toBeDefined();
  });

  it('changes nothing the second time', async () => {
    const before = [await stack.get('/api/ruleset'), await stack.get('/api/journeys')];
    expect((await install()).body).toMatchObject({ tags: [], segments: [], journeys: [] });
    expect([await stack.get('/api/ruleset'), await stack.get('/api/journeys')]).toEqual(before);
  });

  it('leaves alone what people have changed', async () => {
    const { items } = await stack.get('/api/tags');
    const { count: _count, ...first } = items[0];
    const mine = { ...first, name: { zh: '我们的叫法', en: 'Our name' } };
    expect((await stack.api('PUT', `/api/tags/${encodeURIComponent(mine.key)}`, mine)).status).toBe(200);
    expect((await install()).body.tags).toEqual([]);
    expect((await stack.get('/api/tags')).items[0].name).toEqual(mine.name);
  });

  it('tells, when it brings a newer version, what stays as people made it and what is gone from it', async () => {
    const [first, second, third] = privateDomain.rules.tags;
    const newer = {
      ...privateDomain,
      version: privateDomain.version + 1,
      rules: {
        ...privateDomain.rules,
        tags: privateDomain.rules.tags.flatMap((tag) => {
          if (tag.key === '直播间') return [];
          return [
            tag.key === second!.key || tag.key === first!.key ? { ...tag, purpose: { zh: '新', en: 'new' } } : tag,
          ];
        }),
      },
    };
    const merged = (before: readonly object[]) =>
      merge(before as typeof newer.rules.tags, newer.rules.tags, ({ key }) => key, {
        ...Object.fromEntries(privateDomain.rules.tags.map((tag) => [tag.key, fingerprint(tag)])),
      });
    const { tags: there } = await stack.get('/api/ruleset');
    const answer = merged(there);
    expect(answer.kept).toEqual([first!.key]);
    expect(answer.changed.map(({ key }) => key)).toEqual([second!.key]);
    expect(answer.gone).toEqual(['直播间']);
    const without = merged(there.filter(({ key }: { key: string }) => key !== third!.key));
    expect(without.all.map(({ key }) => key)).not.toContain(third!.key);
  });

  it('speaks another language once it is asked to; what people have changed stays, and updates keep the language', async () => {
    const inLanguage = (language?: string) => stack.api('POST', '/api/packs/private-domain/install', { language });
    const names = async () =>
      Object.fromEntries(
        (await stack.get('/api/journeys')).items.map((one: Record<string, string>) => [one['id'], one['name']]),
      );
    expect((await stack.get('/api/packs')).items[0].language).toBe('zh');
    const { draft } = await stack.get('/api/journeys/vip-care');
    const mine = { ...draft.document, name: '我们的 VIP' };
    await stack.api('PUT', '/api/journeys/vip-care/draft', { document: mine, revision: draft.revision });
    const { body } = await inLanguage('en');
    expect([body.journeys, body.kept.journeys, body.tags]).toEqual([['new-customer', 'dormancy'], ['vip-care'], []]);
    const english = { 'new-customer': 'Welcoming the new', dormancy: 'Waking the silent', 'vip-care': '我们的 VIP' };
    expect(await names()).toEqual(english);
    const { document } = (await stack.get('/api/journeys/dormancy')).draft;
    expect(document.nodes.map(({ title }: { title: string }) => title)).toContain('A light greeting');
    expect((await stack.get('/api/packs')).items[0].language).toBe('en');
    expect([(await inLanguage()).body.journeys, await names()]).toEqual([[], english]);
    expect((await inLanguage('fr')).status).toBe(422);
    await stack.api('PUT', '/api/journeys/vip-care/draft', { document: draft.document, revision: draft.revision + 1 });
    expect((await inLanguage('zh')).body.journeys).toEqual(['new-customer', 'dormancy']);
  });

  it('answers 404 for a pack that there is not', async () => {
    const { status, body } = await stack.api('POST', '/api/packs/nothing/install', {});
    expect([status, body.error.code]).toEqual([404, 'not-found']);
  });
});

describe('uninstalling a pack', () => {
  const uninstall = (more: object = {}) => stack.api('POST', '/api/packs/private-domain/uninstall', more);

  it('is refused while something else uses what it brought, each named', async () => {
    const mine = { name: { zh: '我的', en: 'Mine' }, category: 'value', when: { tag: 'VIP' } };
    expect((await stack.api('PUT', '/api/tags/mine', mine)).status).toBe(200);
    const refused = await uninstall();
    expect(refused.status).toBe(422);
    expect(refused.body.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'used-by-rule',
        message: expect.objectContaining({ en: expect.stringContaining('“Mine” still uses “VIP”') }),
      }),
    );
    expect((await stack.api('DELETE', '/api/tags/mine')).status).toBe(200);
    const document = journey('own', {
      nodes: [node('in', 'enter-segment', { op: 'entered', segment: 'dormant' }), node('end', 'exit')],
      edges: edges('in -> end'),
    });
    await stack.publish(document);
    expect((await uninstall()).body.diagnostics).toEqual([
      expect.objectContaining({ code: 'used-by-journey', field: 'journeys.own' }),
    ]);
    expect((await stack.get('/api/packs')).items[0].installed).toBe(true);
    expect((await stack.get('/api/segments')).items).toHaveLength(5);
  });

  it('is refused while customers are on the way through its journeys', async () => {
    const { revision } = await stack.get('/api/journeys/own').then(({ draft }) => draft);
    const other = journey('own', {
      nodes: [node('in', 'enter-event', { event: 'Own' }), node('end', 'exit')],
      edges: edges('in -> end'),
    });
    const saved = await stack.api('PUT', '/api/journeys/own/draft', { document: other, revision });
    await stack.api('POST', '/api/journeys/own/publish', { revision: saved.body.revision });
    await stack.track('mei', 'Contact Added', { properties: { channel: '公众号' } });
    const refused = await uninstall();
    expect(refused.body.diagnostics).toEqual([
      expect.objectContaining({ code: 'journey-has-customers', field: 'journeys.new-customer' }),
    ]);
    await stack.track('mei', 'Order Completed', { properties: { total: 10 } });
  });

  it('leaves nothing behind but what people have changed, and tells that', async () => {
    const { status, body } = await uninstall();
    expect(status).toBe(200);
    const changed = privateDomain.rules.tags[0]!.key;
    expect(body.kept).toEqual({ tags: [changed], segments: [], journeys: [] });
    expect((await stack.get('/api/tags')).items.map(({ key }: { key: string }) => key)).toEqual([changed]);
    expect((await stack.get('/api/segments')).items).toEqual([]);
    expect((await stack.get('/api/journeys')).items.map(({ id }: { id: string }) => id)).toEqual(['own']);
    expect((await stack.get('/api/packs')).items[0].installed).toBe(false);
    await stack.track('mei', 'Product Viewed');
    const mei = await stack.get('/api/customers/mei');
    expect([mei.tags, mei.segments]).toEqual([[], []]);
    expect((await uninstall()).body.error.code).toBe('pack-not-installed');
  });

  it('can be undone: it comes back as a new version, and lets customers in again', async () => {
    const { body } = await install();
    expect(body.journeys).toContain('new-customer');
    expect((await stack.get('/api/journeys/new-customer')).liveVersion).toBe(4);
    await stack.track('li', 'Contact Added', { properties: { channel: '公众号' } });
    expect((await stack.get('/api/executions?journey=new-customer')).items[0]).toMatchObject({
      customer: 'li',
      version: 4,
    });
    expect(
      (await stack.get('/api/segments')).items.find(({ id }: { id: string }) => id === 'new-customers').count,
    ).toBe(1);
  });
});
