import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalTables, startTables } from '../../test/support/local-tables.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import { saveOutward } from '../ports/wecom/index.ts';
import { withOutward } from './outward.ts';

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

const news = (detailType: string, detail: object) => ({ source: 'pergola', detailType, detail });
const events = [
  news('tag.added', { customer: 'li', tag: 'VIP' }),
  news('tag.removed', { customer: 'li', tag: '买过:面霜' }),
  news('tag.added', { customer: 'li', tag: '沉默7天' }),
  news('segment.entered', { customer: 'li', segment: 'VIP' }),
];
const marked = async () =>
  (await withOutward(events)).map(({ detail }) => (detail as { outward?: readonly string[] }).outward);

it('news of tags are as they were where no tag is kept elsewhere', async () => {
  expect(await withOutward(events)).toBe(events);
});

it('news of a mapped tag, or of a value of a mapped family, name who else keeps it; all others do not', async () => {
  await saveOutward(
    [
      { tag: 'VIP', group: '等级' },
      { tag: '买过', group: '品类' },
    ],
    0,
  );
  await everybodyKnows();
  expect(await marked()).toEqual([['wecom'], ['wecom'], undefined, undefined]);
});
