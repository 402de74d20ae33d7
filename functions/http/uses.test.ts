import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../../test/support/journey-stack.ts';

/* Who uses a tag or a segment, asked of the API on the whole local stack. */
// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at by stories
type Json = any;
const words = (text: string) => ({ zh: text, en: text });

let stack: JourneyStack;
const tag = (key: string, when: object, more: object = {}) =>
  stack.api('PUT', `/api/tags/${encodeURIComponent(key)}`, { name: words(key), category: 'value', when, ...more });
const drawn = (key: string) =>
  journey('care', {
    nodes: [node('in', 'enter-tag', { op: 'added', key }), node('end', 'exit')],
    edges: edges('in -> end'),
    entry: { reentry: { type: 'never' }, audience: { segment: 'buyers' } },
  });

beforeAll(async () => {
  stack = await startJourneyStack();
  await tag('bought', { did: { event: 'Order Completed' } });
  await tag('viewed', { did: { event: 'Product Viewed' } }, { family: { by: 'properties.product_id', bound: 5 } });
  await tag('keen', { all: [{ tag: 'bought' }, { tag: 'viewed:cream' }] });
  await stack.api('PUT', '/api/segments/buyers', {
    name: words('Buyers'),
    goal: words('sell again'),
    when: { tag: 'bought' },
  });
  await stack.publish(drawn('keen'));
});
afterAll(() => stack.close());

describe('a tag', () => {
  it('names the rules and segments that look at it, a family also by one of its values', async () => {
    const { uses, count, rule } = await stack.get('/api/tags/bought');
    expect([uses.tags, uses.segments, uses.journeys]).toEqual([
      [{ key: 'keen', name: words('keen') }],
      [{ id: 'buyers', name: words('Buyers') }],
      [],
    ]);
    expect([count, rule.en]).toEqual([0, '“Order Completed” at least once']);
    expect((await stack.get('/api/tags/viewed')).uses.tags.map(({ key }: Json) => key)).toEqual(['keen']);
  });

  it('names journeys with the card, and tells the draft from the version that customers enter', async () => {
    const place = { node: 'in', field: 'config' };
    expect((await stack.get('/api/tags/keen')).uses.journeys).toMatchObject([
      { id: 'care', live: true, where: [{ ...place, in: ['live', 'draft'] }] },
    ]);
    const { draft } = await stack.get('/api/journeys/care');
    const changed = { ...draft.document, ...drawn('bought'), id: 'care', name: draft.document.name };
    await stack.api('PUT', '/api/journeys/care/draft', { document: changed, revision: draft.revision });
    const [keen, bought] = await Promise.all(['keen', 'bought'].map((key) => stack.get(`/api/tags/${key}`)));
    expect(keen.uses.journeys[0].where).toMatchObject([{ ...place, in: ['live'] }]);
    expect(bought.uses.journeys[0].where).toMatchObject([{ ...place, in: ['draft'] }]);
  });

  it('tells which version made it what it is, whatever came after', async () => {
    const before = (await stack.get('/api/tags/keen')).changed.version;
    await tag('later', { did: { event: 'Article Read' } });
    expect((await stack.get('/api/tags/keen')).changed.version).toBe(before);
    await tag('keen', { tag: 'bought' });
    const { version } = await stack.get('/api/ruleset');
    expect((await stack.get('/api/tags/keen')).changed.version).toBe(version);
  });

  it('that there is not is not found', async () => {
    const { status, body } = await stack.api('GET', '/api/tags/nothing');
    expect([status, body.error.code]).toEqual([404, 'not-found']);
  });
});

describe('a segment', () => {
  it('names the journeys that let only its customers in', async () => {
    const { uses, count, rule } = await stack.get('/api/segments/buyers');
    expect(uses.journeys).toMatchObject([{ id: 'care', where: [{ field: 'entry.audience' }] }]);
    expect([count, rule.en]).toEqual([0, 'has the tag “bought”']);
  });
});

describe('a condition that is being built', () => {
  it('is counted with who it is, and in which segments they are', async () => {
    await stack.track('mei', 'Order Completed', { properties: { total: 10 } });
    await stack.track('li', 'Product Viewed', { properties: { product_id: 'cream' } });
    const when = { did: { event: '*' } };
    const { body } = await stack.api('POST', '/api/conditions/count', { when });
    expect([body.count, body.exact, [...body.some].sort()]).toEqual([2, true, ['li', 'mei']]);
    expect(body.overlaps).toEqual([{ segment: 'buyers', count: 1, exact: true }]);
  });
});

describe('rules that are not in force', () => {
  it('are looked at by the lints, beside the journeys that there are; nothing is stored', async () => {
    const ruleset = await stack.get('/api/ruleset');
    const vague = { key: 'v', name: words('very active'), category: 'value', when: { did: { event: 'A' } } };
    const { body } = await stack.api('POST', '/api/lint', { ruleset: { ...ruleset, tags: [...ruleset.tags, vague] } });
    const at = `tags.${ruleset.tags.length}`;
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'vague-tag', tag: 'v', field: `${at}.when` }),
        expect.objectContaining({ code: 'unused-tag', tag: 'v', field: `${at}.purpose` }),
      ]),
    );
    expect(await stack.get('/api/ruleset')).toEqual(ruleset);
    const { status, body: refused } = await stack.api('POST', '/api/lint', { ruleset: { ...ruleset, zone: 'here' } });
    expect([status, refused.diagnostics[0].code]).toEqual([422, 'ruleset-zone']);
  });

  it('as a draft that is not there are said to be begun first', async () => {
    const { status, body } = await stack.api('POST', '/api/backfills/dry-run', {});
    expect([status, body.error.code]).toEqual([404, 'no-draft']);
    expect(body.error.next.en).toMatch(/Begin one/);
  });
});
