import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeWeCom, KEYS, startFakeWeCom } from '../../../test/support/fake-wecom.ts';
import { type LocalTables, startTables } from '../../../test/support/local-tables.ts';
import { fetchContact, type WeComClient, weComClient } from './index.ts';

let tables: LocalTables;
let fake: FakeWeCom;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  fake = await startFakeWeCom();
  fake.contact('wmA', 'zhangsan', [{ tag_name: 'VIP', tag_id: 'et1', type: 1 }]);
});
afterEach(async () => {
  vi.useRealTimers();
  await fake.close();
});

const client = (): WeComClient => weComClient({ ...KEYS, secret: 'secret', api: fake.url }, 1);
const look = (by: WeComClient) => fetchContact(by, 'wmA');
const errorOf = (act: Promise<unknown>) =>
  act.then(
    () => 'answered',
    (error: { code: string; errcode?: number }) => [error.code, error.errcode],
  );

describe('the access token', () => {
  it('is fetched once for all processes, and by one of many that need it at the same moment', async () => {
    const [one, other] = [client(), client()];
    await Promise.all([look(one), look(one), look(other), look(other)]);
    await look(client());
    expect(fake.calls.filter((path) => path === 'gettoken')).toHaveLength(1);
  });

  it.each([
    42001, 40014,
  ])('that WeCom refuses with %i is renewed once, also when it ends before its time', async (errcode) => {
    const mine = client();
    await look(mine);
    fake.script.push({ path: 'externalcontact/get', errcode });
    expect((await look(mine)).person.external_userid).toBe('wmA');
    fake.endTokens();
    expect((await look(mine)).follows).toHaveLength(1);
    expect(fake.calls.filter((path) => path === 'gettoken')).toHaveLength(3);
  });

  it('is not renewed for ever: refused twice is refused', async () => {
    fake.script.push({ path: 'externalcontact/get', errcode: 42001 }, { path: 'externalcontact/get', errcode: 42001 });
    expect(await errorOf(look(client()))).toEqual(['wecom-refused', 42001]);
  });

  it('renewed by somebody else is taken over', async () => {
    const [one, other] = [client(), client()];
    await Promise.all([look(one), look(other)]);
    fake.endTokens();
    await look(one);
    await look(other);
    expect(fake.calls.filter((path) => path === 'gettoken')).toHaveLength(2);
  });

  it('that cannot be fetched leaves no lock behind', async () => {
    fake.script.push({ path: 'gettoken', errcode: 40013 });
    expect(await errorOf(look(client()))).toEqual(['wecom-refused', 40013]);
    expect((await look(client())).follows).toHaveLength(1);
  });
});

describe('a call', () => {
  it('is repeated while WeCom is busy or has too many at once, and given up in the end', async () => {
    fake.script.push({ path: 'externalcontact/get', errcode: -1 }, { path: 'externalcontact/get', errcode: 45033 });
    expect((await look(client())).follows).toHaveLength(1);
    for (let i = 0; i < 4; i++) fake.script.push({ path: 'externalcontact/get', errcode: -1 });
    expect(await errorOf(look(client()))).toEqual(['wecom-busy', undefined]);
  });

  it('over the limit is not repeated, and no other is made for a minute', async () => {
    const mine = client();
    await look(mine);
    fake.script.push({ errcode: 45009 });
    const before = fake.calls.length;
    expect(await errorOf(look(mine))).toEqual(['wecom-busy', undefined]);
    expect(await errorOf(look(mine))).toEqual(['wecom-busy', undefined]);
    expect(fake.calls.length - before).toBe(1);
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
    expect((await look(mine)).follows).toHaveLength(1);
  });

  it('refused for another reason says what to mend', async () => {
    fake.script.push({ path: 'externalcontact/get', errcode: 60020 });
    await expect(look(client())).rejects.toThrow(/60020.*企业可信IP/);
  });

  it('that nobody answers is a busy WeCom', async () => {
    const mine = client();
    await look(mine);
    await fake.close();
    expect(await errorOf(look(mine))).toEqual(['wecom-busy', undefined]);
  });

  it('reads a contact’s members page by page', async () => {
    fake.contact('wmA', 'lisi', []);
    fake.contact('wmA', 'wangwu', []);
    expect((await look(client())).follows.map(({ userid }) => userid)).toEqual(['zhangsan', 'lisi', 'wangwu']);
  });
});
