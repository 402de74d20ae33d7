import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { busBatch } from '../../test/support/bus-batch.ts';
import { followLists } from '../../test/support/follow-lists.ts';
import { insertedRows } from '../../test/support/hand-driven.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { handler as ingest } from '../events/ingest.ts';
import { timeline } from '../http/timeline.ts';
import { personOf } from '../ports/enrolments/index.ts';
import { advanceCustomer, identityOf, keptEvents, listRejected, loadState } from '../ports/profiles/index.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { states } from '../ports/states/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { listMembers } from '../ports/tags/index.ts';
import { announce } from '../streams/announce/index.ts';
import { images } from '../streams/images.ts';
import { previewSeparation, separate } from './index.ts';

/* Two people who were made one by mistake, and are two again. */
const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
let sdk: SdkCalls;
const words = (text: string) => ({ zh: text, en: text });
const when = (event: string, value: number) => ({ did: { event, count: { op: 'gte' as const, value } } });
const tag = (key: string, event: string, n: number) => ({
  key,
  name: words(key),
  category: 'value',
  when: when(event, n),
});
beforeAll(async () => {
  tables = await startTables();
  sdk = watchSdkCalls(documents() as never, states() as never);
});
afterAll(async () => {
  setClock(undefined);
  await tables.stop();
});
beforeEach(async () => {
  await tables.empty();
  setClock(NOW);
  const tags = [
    tag('bought', 'Order', 1),
    tag('regular', 'Order', 2),
    tag('looked', 'View', 1),
    { key: 'friend', name: words('friend'), category: 'basic', manual: true as const },
  ];
  await putRuleset({ version: 0, zone: 'UTC', groups: [], tags }, 0);
});

let n = 0;
const at = (minute: number) => new Date(Date.parse('2026-02-01T00:00:00.000Z') + minute * 60_000).toISOString();
const message = (type: string, userId: string, more: object = {}) => ({
  type,
  userId,
  messageId: `m-${++n}`,
  timestamp: at(n),
  ...more,
});
const did = (userId: string, event: string) => message('track', userId, { event });
const put = async (...messages: object[]) =>
  expect((await ingest(busBatch(messages), lambdaContext)).batchItemFailures).toEqual([]);
const tagsOf = async (id: string) =>
  Object.entries((await loadState(id)).state.tags)
    .map(([key, { since }]) => [key, since])
    .sort();
const alias = (previousId: string, userId: string) => message('alias', userId, { previousId });
const apart = async (to = 'wang-2') => separate({ customer: 'li', id: 'wang', to }, 'ling', await currentRules(), NOW);

describe('somebody who was joined to another by mistake', () => {
  it('is a customer of her own again, each with the tags and dates of her own events; her old id finds her', async () => {
    await put(did('li', 'Order'), message('identify', 'li', { traits: { city: '上海' } }));
    await put(did('wang', 'Order'), did('wang', 'View'), message('identify', 'wang', { traits: { city: '北京' } }));
    await put(message('track', 'wang', { event: 'Unsubscribed' }));
    const [li, wang] = [await tagsOf('li'), await tagsOf('wang')];
    const mistake = alias('wang', 'li');
    await put(mistake);
    expect((await tagsOf('li')).map(([key]) => key)).toEqual(['bought', 'looked', 'regular']);

    const preview = await previewSeparation({ customer: 'li', id: 'wang', to: 'wang-2' }, await currentRules(), NOW);
    expect(preview).toMatchObject({
      ids: ['wang'],
      theirs: { events: 4, tags: ['bought', 'looked'], traits: { city: '北京' } },
      hers: { tags: ['bought'], traits: { city: '上海' }, gained: [], lost: ['looked', 'regular'] },
    });
    expect((await tagsOf('li')).map(([key]) => key)).toEqual(['bought', 'looked', 'regular']);

    await followLists(tables);
    expect((await listMembers('regular', [], undefined, 10)).items).toEqual(['li']);
    expect(await apart()).toBe('done');
    expect([await tagsOf('li'), await tagsOf('wang-2')]).toEqual([li, wang]);
    await followLists(tables);
    expect((await loadState('wang')).customer).toBe('wang-2');
    const { state, stops } = await loadState('li');
    expect([state.traits, Object.keys(stops.events)]).toEqual([{ city: '上海' }, []]);
    expect(Object.keys((await loadState('wang-2')).stops.events)).toEqual(['Unsubscribed']);
    expect((await listMembers('regular', [], undefined, 10)).items).toEqual([]);
    const [merged] = (await identityOf('wang-2')).merged;
    expect(merged).toMatchObject({ id: 'wang', rule: 'separated', by: 'ling', messageId: mistake.messageId });
    expect(await identityOf('li')).toMatchObject({ merged: [], apart: [{ id: 'wang', owner: 'wang-2', by: 'ling' }] });
    expect((await timeline('li', undefined, 50, true)).items.filter(({ as }) => as === 'wang')).toEqual([]);

    // What still comes under the old id is hers; the old mistake told again, or said anew, joins nobody.
    await put(did('wang', 'Order'));
    expect((await tagsOf('wang-2')).map(([key]) => key)).toEqual(['bought', 'looked', 'regular']);
    await put(mistake, message('identify', 'li', { anonymousId: 'wang' }));
    expect([(await loadState('wang')).customer, (await tagsOf('li')).length]).toEqual(['wang-2', 1]);
    const { items } = await listRejected(undefined, 10);
    expect(items.map(({ diagnostics }) => diagnostics[0]!.code)).toEqual(['alias-taken']);
  });

  it('takes along what people gave her by hand, the ids that were hers before, and her passages', async () => {
    const rules = await currentRules();
    await put(did('li', 'View'), message('track', 'wang', { event: 'View', anonymousId: 'phone' }));
    await put({ ...did('x', 'View'), userId: undefined, anonymousId: 'phone' });
    const byHand = { type: 'tag' as const, op: 'add' as const, key: 'friend', cause: 'mei' };
    await advanceCustomer('wang', { inputs: [byHand] }, rules, NOW);
    await put(alias('wang', 'li'));
    await followLists(tables);
    expect(await apart()).toBe('done');
    await followLists(tables);
    expect((await tagsOf('li')).map(([key]) => key)).toEqual(['looked']);
    expect((await tagsOf('wang-2')).map(([key]) => key)).toEqual(['friend', 'looked']);
    expect((await loadState('phone')).customer).toBe('wang-2');
    expect((await listMembers('friend', [], undefined, 10)).items).toEqual(['wang-2']);
    expect((await personOf('li')).ids).toEqual([]);
  });

  it('is told to the bus by a name of its own, once for each id', async () => {
    await put(did('li', 'View'), message('track', 'wang', { event: 'View', anonymousId: 'phone' }));
    await put(alias('wang', 'li'));
    expect(await apart()).toBe('done');
    const told = (await insertedRows(tables, 'profiles')).flatMap((record) => announce(images(record)));
    const separations = told.filter(({ detailType }) => detailType.startsWith('customer.'));
    const cause = { by: 'manual', ref: 'ling', depth: 0 };
    expect(separations.map(({ detailType, detail }) => [detailType, detail])).toMatchObject(
      ['phone', 'wang'].map((id) => ['customer.separated', { customer: 'wang-2', separated: id, from: 'li', cause }]),
    );
  });

  it('is refused where it would not be true: not joined, nothing kept, an id that is somebody', async () => {
    await put(did('li', 'Order'), did('wang', 'Order'), did('mei', 'View'));
    expect(await apart()).toBe('not-joined');
    await put(alias('wang', 'li'));
    expect(await apart('mei')).toBe('taken');
    expect(await apart('li')).toBe('taken');
    await put(alias('never', 'li'));
    const never = { customer: 'li', id: 'never', to: 'never-2' };
    expect(await separate(never, 'ling', await currentRules(), NOW)).toBe('nothing');
    expect((await tagsOf('li')).map(([key]) => key)).toEqual(['bought', 'regular']);
  });

  it('comes to the same wherever it breaks off, once it is asked for again', async () => {
    for (let call = 1; call < 30; call += 4) {
      await tables.empty();
      await putRuleset({ ...(await currentRules()).ruleset, version: 0 }, 0);
      await put(did('li', 'Order'), did('wang', 'Order'), did('wang', 'Order'));
      const [li, wang] = [await tagsOf('li'), await tagsOf('wang')];
      await put(alias('wang', 'li'));
      sdk.breakAt(call, call % 8 === 1 ? 'before' : 'after');
      const first = await apart().catch(() => 'broken');
      sdk.breakAt(undefined);
      // It may have been done, and only the answer lost.
      if (first !== 'done') expect(['done', 'not-joined'], String(call)).toContain(await apart());
      expect([await tagsOf('li'), await tagsOf('wang-2')], String(call)).toEqual([li, wang]);
    }
  });
});

it('whatever the two did, before and after they were joined, each comes out as if they never had been', async () => {
  const step = fc.record({
    who: fc.constantFrom('li', 'wang'),
    event: fc.constantFrom('Order', 'View'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), fc.array(step, { maxLength: 4 }), async (a, b) => {
      await tables.empty();
      await putRuleset({ ...(await currentRules()).ruleset, version: 0 }, 0);
      const both = [...a, ...b].map(({ who, event }) => did(who, event));
      const early = both.slice(0, a.length);
      await put(did('li', 'Visit'), did('wang', 'Visit'), ...early);
      await put(alias('wang', 'li'));
      if (b.length > 0) await put(...both.slice(a.length));
      expect(await apart()).toBe('done');
      const as = (id: string, own: string) =>
        both.filter((one) => one.userId === id).map((one) => ({ ...one, userId: own }));
      await put(...[...as('li', 'li-alone'), ...as('wang', 'wang-alone'), did('x', 'Visit')]);
      expect([await tagsOf('li'), await tagsOf('wang-2')]).toEqual([
        await tagsOf('li-alone'),
        await tagsOf('wang-alone'),
      ]);
      expect((await keptEvents('li', '*')).every(({ as: under }) => under === undefined)).toBe(true);
    }),
    { numRuns: 8 },
  );
});
