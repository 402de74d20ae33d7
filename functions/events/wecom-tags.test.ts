import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type FakeWeCom, KEYS, startFakeWeCom } from '../../test/support/fake-wecom.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { keepFollow, knownFollow, saveOutward } from '../ports/wecom/index.ts';
import { handler as ingest } from './ingest.ts';
import { handler } from './wecom-tags.ts';

/* Our tags on WeCom's contacts: against a real database and a server that behaves as WeCom's API does. */
const NOW = '2026-03-01T12:00:00.000Z';
const words = (text: string) => ({ zh: text, en: text });
let tables: LocalTables;
let fake: FakeWeCom;
beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  fake = await startFakeWeCom();
  process.env['WECOM_SETTINGS'] = JSON.stringify({ ...KEYS, secret: 'secret', api: fake.url });
  const level = (key: string, when: object) => ({ key, name: words(key), category: 'value', group: 'level', when });
  await putRuleset(
    {
      version: 0,
      zone: 'UTC',
      groups: [{ id: 'level', name: words('level'), levels: ['新客', '老客'] }],
      tags: [
        level('新客', { not: { did: { event: 'Order' } } }),
        level('老客', { did: { event: 'Order' } }),
        {
          key: '买过',
          name: words('买过'),
          category: 'behaviour',
          family: { by: 'properties.category', bound: 5 },
          when: { did: { event: 'Order' } },
        },
      ] as never,
    },
    0,
  );
  await saveOutward(
    [
      { tag: '老客', group: '等级' },
      { tag: '新客', group: '等级', name: '新朋友' },
      { tag: '买过', group: '买过的品类' },
    ],
    0,
  );
  fake.contact('wmA', 'zhangsan', []);
  await does('Seen');
});
afterEach(async () => {
  vi.useRealTimers();
  delete process.env['WECOM_SETTINGS'];
  await fake.close();
});

let count = 0;
const does = (event: string, properties = {}) =>
  ingest(busBatch([tracked('wecom:wmA', event, NOW, { messageId: `m${++count}`, properties })]), lambdaContext);
const told = (tag: string, more: object = {}) => ({ customer: 'wecom:wmA', tag, ...more });
const tell = (...details: object[]) => handler(busBatch(details), lambdaContext);
const calls = (path: string) => fake.calls.filter((one) => one === `externalcontact/${path}`).length;
const hers = () => [...fake.tagsOf('wmA', 'zhangsan')].sort();

describe('a tag that goes to WeCom', () => {
  it('is made there with its group when it is needed first, and put on the customer by every member who knows her', async () => {
    fake.contact('wmA', 'lisi', []);
    await tell(told('新客'));
    expect([hers(), fake.tagsOf('wmA', 'lisi')]).toEqual([['新朋友'], ['新朋友']]);
    expect(calls('add_corp_tag')).toBe(1);
  });

  it('goes when she has it no more, and the next of its group comes, in one call', async () => {
    await tell(told('新客'));
    await does('Order', { category: '面霜' });
    await tell(told('新客'), told('老客'), told('买过:面霜'));
    expect(hers()).toEqual(['老客', '面霜']);
    expect(calls('mark_tag')).toBe(2);
  });

  it('is told again, late or in another order: nothing changes and nothing more is marked', async () => {
    await does('Order');
    await tell(told('老客'), told('新客'));
    const before = calls('mark_tag');
    await tell(told('新客'), told('老客'));
    await tell(told('老客'));
    expect([hers(), calls('mark_tag')]).toEqual([['老客'], before]);
  });

  it('leaves alone what members have put there, and tags that go nowhere make no call at all', async () => {
    const own = fake.corpTag('爱好', '登山');
    fake.contact('wmA', 'zhangsan', [{ group_name: '爱好', tag_name: '登山', tag_id: own, type: 1 }]);
    await tell(told('新客'));
    expect(hers()).toEqual(['新朋友', '登山'].sort());
    fake.calls.length = 0;
    await tell(told('别的'));
    expect(fake.calls).toEqual([]);
  });

  it('that came from WeCom does not go back', async () => {
    await tell(told('新客', { cause: { by: 'event', eventName: 'WeCom Tag Added' } }));
    expect(fake.calls).toEqual([]);
  });

  it('and was marked by us is no news to the next look at her', async () => {
    await keepFollow(
      'wmA',
      { userid: 'zhangsan', remark: '', description: '', state: '', remark_mobiles: [], tags: [] },
      undefined,
    );
    await tell(told('新客'));
    const known = await knownFollow('wmA', 'zhangsan');
    expect(known?.follow.tags).toEqual([{ group_name: '等级', tag_name: '新朋友', tag_id: 'et-等级-新朋友', type: 1 }]);
  });

  it('of who has it already is marked when it is asked for: of a family all her values', async () => {
    await does('Order', { category: '面霜' });
    await does('Order', { category: '精华' });
    await tell(told('买过'));
    expect(hers()).toEqual(['面霜', '精华'].sort());
  });
});

describe('WeCom', () => {
  it('ends a token early: it is renewed, and the mark made', async () => {
    fake.script.push({ path: 'externalcontact/mark_tag', errcode: 42001 });
    expect(await tell(told('新客'))).toEqual({ batchItemFailures: [] });
    expect(hers()).toEqual(['新朋友']);
  });

  it('wants no calls for a minute: the change comes again, and nothing is asked meanwhile', async () => {
    fake.script.push({ path: 'externalcontact/mark_tag', errcode: 45009 });
    expect((await tell(told('新客'))).batchItemFailures).toEqual([{ itemIdentifier: 'message-0' }]);
    const before = fake.calls.length;
    expect((await tell(told('新客'))).batchItemFailures).toHaveLength(1);
    expect([fake.calls.length, hers()]).toEqual([before, []]);
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
    expect(await tell(told('新客'))).toEqual({ batchItemFailures: [] });
    expect(hers()).toEqual(['新朋友']);
  });

  it('has too many at once: it is tried again at once', async () => {
    fake.script.push({ path: 'externalcontact/mark_tag', errcode: 45033 });
    expect(await tell(told('新客'))).toEqual({ batchItemFailures: [] });
    expect(hers()).toEqual(['新朋友']);
  });

  it('had the tag made by another process at this moment: that one is taken', async () => {
    const act = () => void fake.corpTag('等级', '新朋友');
    fake.script.push({ path: 'externalcontact/add_corp_tag', errcode: 40071, act });
    expect(await tell(told('新客'))).toEqual({ batchItemFailures: [] });
    expect([hers(), calls('get_corp_tag_list')]).toEqual([['新朋友'], 2]);
  });

  it('knows her no more: there is nothing to mark', async () => {
    fake.script.push({ path: 'externalcontact/get', errcode: 84061 });
    expect(await tell(told('新客'))).toEqual({ batchItemFailures: [] });
    expect(calls('mark_tag')).toBe(0);
  });
});
