import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JourneyStack, startJourneyStack } from '../../test/support/journey-stack.ts';

let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
  await stack.api('POST', '/api/packs/private-domain/install', {});
});
afterAll(() => stack.close());

const LEAST = {
  perDay: 2,
  lifecycle: [{ name: { zh: '人', en: 'People' }, tags: ['活跃'], most: 3, least: 2, within: 'P1D' }],
};
const put = (body: object) => stack.api('PUT', '/api/caps', body);
const OWN = { perDay: 2, lifecycle: [{ name: { zh: '新', en: 'New' }, tags: ['新客'], most: 1, within: 'P3D' }] };

describe('the caps of a tenant', () => {
  it('are those that are shipped until somebody sets others, and can be those again', async () => {
    const before = await stack.get('/api/caps');
    expect(before).toMatchObject({
      shipped: true,
      caps: { perDay: 1, lifecycle: [{ most: 2, within: 'P30D' }, {}, {}] },
    });
    const { status, body } = await put({ baseVersion: before.version, caps: OWN });
    expect([status, body.version]).toEqual([200, before.version + 1]);
    expect(await stack.get('/api/caps')).toMatchObject({ shipped: false, caps: OWN, version: body.version });
    expect((await put({ baseVersion: body.version, caps: null })).status).toBe(200);
    const { version: _, ...after } = await stack.get('/api/caps');
    const { version: _v, ...first } = before;
    expect(after).toEqual(first);
  });

  it('stay when a pack comes', async () => {
    const { version } = await stack.get('/api/caps');
    await put({ baseVersion: version, caps: OWN });
    expect((await stack.api('POST', '/api/packs/saas-short-link/install', {})).status).toBe(200);
    expect(await stack.get('/api/caps')).toMatchObject({ shipped: false, caps: OWN });
    const now = await stack.get('/api/caps');
    await put({ baseVersion: now.version, caps: null });
  });

  it('of segments lie with the segments; those that are not named stay', async () => {
    const plan = { cap: { most: 1, within: 'P7D' }, channels: ['inbox'] };
    const version = async () => (await stack.get('/api/caps')).version;
    await put({ baseVersion: await version(), caps: null, segments: { dormant: plan } });
    const { body } = await put({ baseVersion: await version(), caps: null, segments: { 'high-value': {} } });
    expect(body.version).toBe(await version());
    const { segments } = await stack.get('/api/caps');
    expect(segments.find(({ id }: { id: string }) => id === 'dormant')).toMatchObject(plan);
    expect(segments.find(({ id }: { id: string }) => id === 'high-value').cap).toBeUndefined();
  });

  it('may name a lower number: who hears less is shown, and counted, and nothing is sent for it', async () => {
    const { version } = await stack.get('/api/caps');
    const wrong = { ...LEAST, lifecycle: [{ ...LEAST.lifecycle[0], least: 4 }] };
    expect(await put({ baseVersion: version, caps: wrong })).toMatchObject({
      status: 422,
      body: { diagnostics: [{ code: 'cap-least', field: 'caps.lifecycle.0.least' }] },
    });
    await put({ baseVersion: version, caps: LEAST });
    await stack.track('under', 'Product Viewed');
    await stack.advance('P2D');
    await stack.track('under', 'Product Viewed');
    await stack.track('fresh', 'Product Viewed');
    const { items } = await stack.get('/api/caps/under-touched');
    expect(items).toMatchObject([
      { name: { zh: '人' }, least: 2, within: 'P1D', count: 1, exact: true, some: ['under'] },
    ]);
    const { underTouched } = await stack.get('/api/customers/under');
    expect(underTouched).toMatchObject([{ count: 0, least: 2, why: { zh: '1 天内发过 0 条，少于「人」希望的 2 条' } }]);
    const now = await stack.get('/api/caps');
    await put({ baseVersion: now.version, caps: null });
  });

  it('go by versions like all rules: who comes too late is told, what is wrong has its place, rollback brings them back', async () => {
    const { version } = await stack.get('/api/caps');
    await put({ baseVersion: version, caps: OWN });
    expect((await put({ baseVersion: version, caps: OWN })).status).toBe(409);
    const wrong = { ...OWN, lifecycle: [{ ...OWN.lifecycle[0], within: 'P500D' }] };
    expect(await put({ baseVersion: version + 1, caps: wrong })).toMatchObject({
      status: 422,
      body: { diagnostics: [{ code: 'cap-within', field: 'caps.lifecycle.0.within' }] },
    });
    expect((await put({ baseVersion: version + 1, caps: null, segments: { nobody: {} } })).status).toBe(404);
    await stack.api('POST', '/api/ruleset/rollback', { to: version, baseVersion: version + 1 });
    expect(await stack.get('/api/caps')).toMatchObject({ shipped: true, version: version + 2 });
  });
});
