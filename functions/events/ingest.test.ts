import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ruleset } from '../../shared/tags/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { followLists } from '../../test/support/follow-lists.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { keptEvents, listRejected, loadState } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { listCustomers, listMembers } from '../ports/tags/index.ts';
import { handler } from './ingest.ts';

const RULES: Ruleset = {
  version: 0,
  zone: 'Asia/Shanghai',
  groups: [],
  tags: [
    {
      key: 'bought',
      name: { zh: '买过', en: 'Bought' },
      category: 'behaviour',
      when: { did: { event: 'Order Completed' } },
    },
    {
      key: 'keen',
      name: { zh: '三次', en: 'Three times' },
      category: 'behaviour',
      when: { did: { event: 'Order Completed', count: { op: 'gte', value: 3 } } },
    },
  ],
};

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  await putRuleset(RULES, 0);
  setClock('2026-03-01T12:00:00Z');
});
afterEach(() => setClock(undefined));

const ingest = (details: readonly unknown[], time?: string) => handler(busBatch(details, time), lambdaContext);
const order = (customer: string, at: string) => tracked(customer, 'Order Completed', at, { properties: { total: 30 } });

describe('events/ingest', () => {
  it('tags the customer, keeps the event and finds her by tag and by id', async () => {
    expect(await ingest([order('li', '2026-03-01T11:00:00Z')])).toEqual({ batchItemFailures: [] });
    const { state, version } = await loadState('li');
    expect(Object.keys(state.tags)).toEqual(['bought']);
    expect(version).toBe(1);
    expect((await keptEvents('li', '*')).map(({ name }) => name)).toEqual(['Order Completed']);
    await followLists(tables);
    expect((await listMembers('bought', [], undefined, 10)).items).toEqual(['li']);
    expect((await listCustomers('l', undefined, 10)).items).toEqual(['li']);
  });

  it('keeps what breaks the contract with its reason, and takes in the rest of the batch', async () => {
    const answer = await ingest([
      { type: 'track', messageId: 'm1', event: 'Order Completed' },
      order('li', '2026-03-01T11:00:00Z'),
      'not even an object',
    ]);
    expect(answer.batchItemFailures).toEqual([]);
    expect((await loadState('li')).version).toBe(1);
    const { items } = await listRejected(undefined, 10);
    expect(items.map(({ id, diagnostics }) => `${id}: ${diagnostics[0]?.code}`).sort()).toEqual([
      'm1: event-no-customer',
      'undefined: event-field-type',
    ]);
  });

  it('is stopped by nothing that an app can send: it is kept with its reason, or comes in mended', async () => {
    const at = '2026-03-01T11:00:00Z';
    const batch = busBatch([
      { ...order('deep', at), properties: 'NESTED' },
      { ...order('li', at), properties: { order_id: '单'.repeat(200), title: '😀'.slice(0, 1) } },
      tracked('li', 'Order Refunded', at, {
        properties: { order_id: '单'.repeat(200), total: 7, products: [{ product_id: '汉'.repeat(399) }] },
      }),
      order('a\u0000b', at),
      order(' ', at),
      order('汉'.repeat(200), at),
      JSON.parse(
        '{"type":"identify","messageId":"odd","userId":"li","traits":{"__proto__":{"x":1},"constructor":"c"}}',
      ),
      { ...order('early', at), timestamp: '0000-01-01T00:00:00+14:00' },
    ]);
    const [first] = batch.Records;
    first!.body = first!.body.replace('"NESTED"', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    const answer = await handler(batch, lambdaContext);
    expect(answer.batchItemFailures).toEqual([]);
    const { items } = await listRejected(undefined, 10);
    expect(items.map(({ diagnostics: [first] }) => `${first?.code} ${first?.field}`).sort()).toEqual([
      // The messageId of the story's events begins with the customer's id.
      'event-field-characters messageId',
      'event-field-characters userId',
      'event-field-invalid messageId',
      'event-too-deep properties.a.a.a.…',
    ]);
    expect((await keptEvents('li', '*')).map(({ name }) => name).sort()).toEqual([
      '$identify',
      'Order Completed',
      'Order Refunded',
    ]);
    expect((await keptEvents('early', '*'))[0]?.at).toBe('2026-03-01T12:00:00.000Z');
  });

  it('does not count an event twice that comes again, alone or among others', async () => {
    const first = order('li', '2026-03-01T10:00:00Z');
    const second = order('li', '2026-03-01T11:00:00Z');
    await ingest([first, first]);
    await ingest([second, first, second]);
    await ingest([first]);
    const { state, version } = await loadState('li');
    expect(Object.keys(state.tags)).toEqual(['bought']);
    expect(version).toBe(2);
    expect(await keptEvents('li', '*')).toHaveLength(2);
  });

  it('counts an order once that came live and from a file, at whatever minute each says it was', async () => {
    const live = (number: string, at: string) =>
      tracked('li', 'Order Completed', at, { properties: { order_id: `shop-${number}`, order_number: `#${number}` } });
    const fromFile = (number: string) => ({
      ...tracked('li', 'Order Completed', '2026-03-01T09:30:00Z', { properties: { order_id: number } }),
      messageId: `import:order:${number}`,
    });
    const refund = (id: string) =>
      tracked('li', 'Order Refunded', `2026-03-01T10:0${id}:00Z`, { properties: { order_id: '1' } });
    await ingest([live('1', '2026-03-01T09:29:58Z'), refund('1'), refund('2')]);
    await ingest([fromFile('1'), fromFile('2'), live('2', '2026-03-01T09:29:59Z')]);
    await ingest([live('2', '2026-03-01T09:29:59Z'), fromFile('1')]);
    expect(Object.keys((await loadState('li')).state.tags)).toEqual(['bought']);
    const kept = (await keptEvents('li', '*')).map(({ name, properties }) => `${name} ${properties['order_id']}`);
    expect(kept).toEqual(['Order Completed shop-1', 'Order Completed shop-2', 'Order Refunded 1', 'Order Refunded 1']);
  });

  it('counts a refund once by its number, or as that of a whole order; a part without one by sum and minute', async () => {
    const refund = (id: string, minute: number, properties: object) =>
      tracked('li', 'Order Refunded', `2026-03-01T10:${minute}:00Z`, { messageId: id, properties });
    await ingest([refund('shop-1', 10, { order_id: '1', refund_id: 'R1', total: 30 })]);
    await ingest([refund('file-1', 11, { order_id: '1', refund_id: 'R1', total: 30 })]);
    await ingest([refund('shop-2', 12, { order_id: '706', order_number: '#2', refund_id: 'R2', whole_order: true })]);
    await ingest([refund('file-2', 13, { order_id: '2', total: 99, whole_order: true })]);
    // The shop told 14:00 of the clock; the file writes the same minute. A minute later is another part.
    await ingest([refund('a', 14, { order_id: '3', total: 5 })]);
    await ingest([{ ...refund('file-3', 14, { order_id: '#3', total: -5 }), timestamp: '2026-03-01T10:14:31Z' }]);
    await ingest([refund('b', 15, { order_id: '3', total: 5 })]);
    expect((await keptEvents('li', '*')).map(({ id }) => id)).toEqual(['shop-1', 'shop-2', 'a', 'b']);
  });

  it('takes no other customer’s order of the same number, nor another order, for a repetition', async () => {
    const of = (customer: string, number: string) =>
      tracked(customer, 'Order Completed', '2026-03-01T09:30:00Z', {
        messageId: `${customer}${number}`,
        properties: { order_id: number },
      });
    await ingest([of('li', '1'), of('wang', '1'), of('li', '2'), of('li', '3')]);
    expect(Object.keys((await loadState('li')).state.tags)).toEqual(['bought', 'keen']);
    expect(await keptEvents('wang', '*')).toHaveLength(1);
  });

  it('knows an event without a time of its own by its id, whatever the envelope says', async () => {
    const visit = { ...tracked('li', 'Order Completed', undefined), messageId: 'm-7' };
    await ingest([visit], '2026-03-01T09:00:00Z');
    await ingest([visit], '2026-03-01T10:00:00Z');
    await ingest([visit, visit], '2026-03-01T11:00:00Z');
    expect(await keptEvents('li', '*')).toHaveLength(1);
  });

  it('knows a retry whose timestamp was computed anew by its id', async () => {
    const sent = { ...order('li', '2026-03-01T11:00:00Z'), originalTimestamp: '2026-03-01T11:00:00Z' };
    await ingest([sent]);
    await ingest([{ ...sent, timestamp: '2026-03-01T11:00:07Z' }]);
    await ingest([{ ...sent, timestamp: '2026-03-01T11:00:09Z' }, order('li', '2026-03-01T11:30:00Z')]);
    expect((await keptEvents('li', '*')).map(({ at }) => at).sort()).toEqual([
      '2026-03-01T11:00:00.000Z',
      '2026-03-01T11:30:00.000Z',
    ]);
  });

  it('refuses a message that the envelope calls something else, and keeps it', async () => {
    const batch = busBatch([order('li', '2026-03-01T11:00:00Z')]);
    const [record] = batch.Records;
    record!.body = JSON.stringify({ ...JSON.parse(record!.body), 'detail-type': 'Order Completed' });
    await handler(batch, lambdaContext);
    expect((await loadState('li')).version).toBe(0);
    const { items } = await listRejected(undefined, 10);
    expect(items[0]).toMatchObject({
      detailType: 'Order Completed',
      detail: { event: 'Order Completed', userId: 'li' },
      diagnostics: [{ code: 'event-other-type', field: 'type' }],
    });
  });

  it('takes in three hundred events of one customer at once', async () => {
    const many = Array.from({ length: 300 }, (_, i) => order('li', new Date(Date.UTC(2026, 1, 1, 0, i)).toISOString()));
    expect(await ingest(many)).toEqual({ batchItemFailures: [] });
    expect(await keptEvents('li', '*')).toHaveLength(300);
    expect(Object.keys((await loadState('li')).state.tags).sort()).toEqual(['bought', 'keen']);
  });

  it('lets handlers that write the same customer at the same moment all come through', async () => {
    const orders = Array.from({ length: 8 }, (_, i) => order('li', `2026-03-01T0${i}:00:00Z`));
    const answers = await Promise.all(orders.map((one) => ingest([one])));
    expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    expect(await keptEvents('li', '*')).toHaveLength(8);
    expect((await loadState('li')).version).toBe(8);
  });
});
