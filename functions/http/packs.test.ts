import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privateDomain } from '../../shared/packs/private-domain/index.ts';
import { type JourneyStack, startJourneyStack } from '../../test/support/journey-stack.ts';

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
    expect(body.journeys).toEqual(privateDomain.journeys.map(({ id }) => id));
    const { items } = await stack.get('/api/journeys');
    expect(items.map(({ status }: { status: string }) => status)).toEqual(privateDomain.journeys.map(() => 'live'));
    expect((await stack.get('/api/tags')).items).toHaveLength(privateDomain.rules.tags.length);
    expect((await stack.get('/api/segments')).items).toHaveLength(privateDomain.rules.segments?.length ?? 0);
    expect((await stack.get('/api/packs')).items[0].installedAt).toBeDefined();
  });

  it('changes nothing the second time', async () => {
    const before = [await stack.get('/api/ruleset'), await stack.get('/api/journeys')];
    expect((await install()).body).toEqual({ tags: [], segments: [], journeys: [] });
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

  it('answers 404 for a pack that there is not', async () => {
    const { status, body } = await stack.api('POST', '/api/packs/nothing/install', {});
    expect([status, body.error.code]).toEqual([404, 'not-found']);
  });
});
