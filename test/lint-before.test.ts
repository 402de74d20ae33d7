import { afterAll, beforeAll, expect, it } from 'vitest';
import { edges, type JourneyStack, journey, node, startJourneyStack } from './support/journey-stack.ts';

/* Where a pack comes to what is there already, and old rules to what came since: looked over before anything is written. */
let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
});
afterAll(() => stack.close());

/** Welcomes whoever adds the contact with a coupon for the new, old customers too. */
const careless = (id: string) =>
  journey(id, {
    nodes: [
      node('in', 'enter-event', { event: 'Contact Added' }),
      node('say', 'message', { channel: 'inbox', body: '新人券 10 元', byResult: false }),
      node('out', 'exit'),
    ],
    edges: edges('in -> say', 'say -> out'),
  });
const REFUSED = { status: 422, body: { diagnostics: [{ code: 'contradiction', severity: 'error' }] } };

it('a pack is looked over as a whole before any of it is written, an old version of the rules before it comes back', async () => {
  // Nobody is new or old yet, so a coupon for the new is no mistake.
  expect(await stack.publish(careless('careless'))).toMatchObject({ version: 1 });
  const install = () => stack.api('POST', '/api/packs/private-domain/install', {});
  const before = [await stack.get('/api/ruleset'), (await stack.get('/api/journeys')).items.length];
  expect(await install()).toMatchObject(REFUSED);
  expect([await stack.get('/api/ruleset'), (await stack.get('/api/journeys')).items.length]).toEqual(before);
  await stack.api('PUT', '/api/journeys/careless/draft', {
    document: { ...careless('careless'), entry: { reentry: { type: 'never' }, audience: { tag: '新客' } } },
    revision: 1,
  });
  await stack.api('POST', '/api/journeys/careless/publish', { revision: 2 });
  const { status, body } = await install();
  expect(status).toBe(200);
  expect(body.warnings).toContainEqual(expect.objectContaining({ code: 'unused-tag' }));

  const { version, ...rest } = await stack.get('/api/ruleset');
  const tags = rest.tags.map((tag: { group?: string }) => ({
    ...tag,
    ...(tag.group === 'level' && { group: undefined }),
  }));
  const groups = rest.groups.filter(({ id }: { id: string }) => id !== 'level');
  const loose = { ...rest, version, tags, groups };
  expect((await stack.api('PUT', '/api/ruleset', { ruleset: loose, baseVersion: version })).status).toBe(200);
  expect(await stack.publish(careless('again'))).toMatchObject({ version: 1 });
  const back = () => stack.api('POST', '/api/ruleset/rollback', { to: version, baseVersion: version + 1 });
  expect(await back()).toMatchObject(REFUSED);
  expect((await stack.get('/api/ruleset')).version).toBe(version + 1);
});
