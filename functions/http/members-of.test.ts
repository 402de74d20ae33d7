import { afterAll, beforeAll, expect, it } from 'vitest';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { followLists } from '../../test/support/follow-lists.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { handler as ingest } from '../events/ingest.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { membersOf } from './members-of.ts';

const SIZES = { exact: 200, sample: 150, read: 1000, census: 250 };
const NOW = '2026-03-01T12:00:00.000Z';
const words = (text: string) => ({ zh: text, en: text });
let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  const bought = { did: { event: 'Order' } };
  const odd = { did: { event: 'Order', where: [{ path: 'properties.n', op: 'lt', value: 100 }] } } as const;
  const tags = [
    { key: 'buyer', name: words('buyer'), category: 'value', when: bought },
    { key: 'early', name: words('early'), category: 'value', when: odd },
  ];
  const segments = [{ id: 'buyers', name: words('buyers'), goal: words('more'), when: bought }];
  await putRuleset({ version: 0, zone: 'UTC', groups: [], tags, segments }, 0);
  for (let i = 0; i < 300; i += 100) {
    const orders = Array.from({ length: 100 }, (_, n) =>
      tracked(`c-${i + n}`, 'Order', NOW, { properties: { n: i + n } }),
    );
    await ingest(busBatch(orders), lambdaContext);
  }
  await followLists(tables);
});
afterAll(() => tables.stop());

it('everybody is looked at where there are few', async () => {
  const { members, total } = await membersOf({ tag: 'early' }, [], SIZES);
  expect([members.length, total]).toEqual([100, 100]);
});

it('of many some are chosen as if by lot, the same for a tag and a segment', async () => {
  const [byTag, bySegment] = [
    await membersOf({ tag: 'buyer' }, [], SIZES),
    await membersOf({ segment: 'buyers' }, [], SIZES),
  ];
  for (const { members, total } of [byTag, bySegment]) {
    expect([members.length, total]).toEqual([150, 300]);
    // A third of all are early; so are about a third of those chosen, though ids are in the order of coming.
    const early = members.filter(({ state }) => 'early' in state.tags).length;
    expect(early).toBeGreaterThan(30);
    expect(early).toBeLessThan(70);
  }
  const ids = ({ members }: typeof byTag) => members.map(({ customer }) => customer).sort();
  expect(ids(byTag)).toEqual(ids(bySegment));
});

it('of more than can be read, those among a part of all customers, and their number is left to the counters', async () => {
  const { members, total } = await membersOf({ segment: 'buyers' }, [], { ...SIZES, read: 250 });
  expect([members.length, total]).toEqual([250, undefined]);
});

it('all customers: a part of the census, and that there are more is not hidden', async () => {
  const { members, total } = await membersOf({}, [], SIZES);
  expect([members.length, total]).toEqual([200, undefined]);
});
