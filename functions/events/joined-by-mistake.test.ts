import { afterAll, beforeAll, expect, it } from 'vitest';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { timeline } from '../http/timeline.ts';
import { loadState } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { handler as ingest } from './ingest.ts';

/* What docs/identity.md tells an operator to do about two people who were made one. */
const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  const words = (text: string) => ({ zh: text, en: text });
  const when = (value: number) => ({ did: { event: 'Order', count: { op: 'gte' as const, value } } });
  const tag = (key: string, n: number) => ({ key, name: words(key), category: 'value', when: when(n) });
  await putRuleset({ version: 0, zone: 'UTC', groups: [], tags: [tag('bought', 1), tag('regular', 2)] }, 0);
});
afterAll(() => tables.stop());

const put = async (...messages: object[]) =>
  expect((await ingest(busBatch(messages), lambdaContext)).batchItemFailures).toEqual([]);
const tagsOf = async (id: string) =>
  Object.entries((await loadState(id)).state.tags).map(([key, { since }]) => [key, since]);

it('somebody who was joined with another by mistake is told again under a new id, with her tags and their dates', async () => {
  await put(tracked('li', 'Order', '2026-02-01T10:00:00.000Z'));
  await put(tracked('wang', 'Order', '2026-02-02T10:00:00.000Z'), tracked('wang', 'Order', '2026-02-03T10:00:00.000Z'));
  const before = await tagsOf('wang');
  await put({ type: 'alias', messageId: 'mistake', previousId: 'wang', userId: 'li', timestamp: NOW });
  expect(await tagsOf('wang')).toEqual(await tagsOf('li'));

  const { items } = await timeline('li', undefined, 100, true);
  const hers = items.filter(({ type, as }) => type === 'event' && as === 'wang');
  expect(hers).toHaveLength(2);
  const again = hers.map(({ id, name, at, properties }) => ({
    type: 'track',
    messageId: `again-${id}`,
    userId: 'wang-2',
    event: name,
    timestamp: at,
    properties,
    context: { quiet: true },
  }));
  await put(...again);
  expect(await tagsOf('wang-2')).toEqual(before);
  // The old id stays the other's, whatever is sent under it.
  expect((await loadState('wang')).customer).toBe('li');
});
