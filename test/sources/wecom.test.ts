import { encrypt, getSignature } from '@wecom/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callbackXml, type FakeWeCom, KEYS, sealed, startFakeWeCom } from '../support/fake-wecom.ts';
import { edges, type JourneyStack, journey, node, startJourneyStack } from '../support/journey-stack.ts';

/* Callbacks of WeCom, sealed by its own library, through the whole local stack; its API is played by a local server. */
let stack: JourneyStack;
let wecom: FakeWeCom;
beforeAll(async () => {
  wecom = await startFakeWeCom();
  process.env['WECOM_SETTINGS'] = JSON.stringify({ ...KEYS, secret: 'secret', api: wecom.url });
  stack = await startJourneyStack();
});
afterAll(async () => {
  delete process.env['WECOM_SETTINGS'];
  await stack.close();
  await wecom.close();
});

let seconds = 0;
/** WeCom's clock is ours. */
async function callback(
  members: Record<string, string>,
  at?: number,
): Promise<{ status: number; text: string; at: number }> {
  const createTime = at ?? Math.floor(Date.parse(await stack.now()) / 1000) + seconds++;
  const { query, body } = sealed(callbackXml(members, createTime));
  const answer = await fetch(`${stack.url}/callbacks/wecom?${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml' },
  });
  return { status: answer.status, text: await answer.text(), at: createTime };
}
const contact = (ChangeType: string, external: string, more: Record<string, string> = {}) => ({
  Event: 'change_external_contact',
  ChangeType,
  UserID: 'zhangsan',
  ExternalUserID: external,
  ...more,
});
const settle = () => stack.advance('PT2S');
const told = async (external: string) => {
  const { items } = await stack.get(`/api/customers/wecom:${external}/timeline?limit=500`);
  return items
    .filter(({ type, name }: { type: string; name: string }) => type === 'event' && name !== '$identify')
    .map(({ name, properties }: { name: string; properties: { tag?: string } }) =>
      [name, properties.tag].filter(Boolean).join(' '),
    )
    .sort();
};
const traits = async (external: string) => (await stack.get(`/api/customers/wecom:${external}`)).traits;
const tag = (name: string) => ({ group_name: '等级', tag_name: name, tag_id: `et-${name}`, type: 1 });

describe('our tags', () => {
  it('go to WeCom by the mapping of the settings, come and go there as here, and who has them already is brought', async () => {
    const words = { zh: '熟客', en: 'Regular' };
    const when = { did: { event: 'Order Completed', within: 'P1D' } };
    await stack.rules([{ key: 'regular', name: words, category: 'value', when }]);
    wecom.contact('wmTags', 'zhangsan', []);
    await stack.track('wecom:wmTags', 'Order Completed', { properties: { order_id: 't1', total: 1 } });
    const { revision } = await stack.get('/api/wecom/tags');
    const wrong = await stack.api('PUT', '/api/wecom/tags', { outward: [{ tag: 'nothing', group: '等级' }], revision });
    expect([wrong.status, wrong.body.diagnostics[0].field]).toEqual([422, 'outward.0.tag']);
    await stack.api('PUT', '/api/wecom/tags', { outward: [{ tag: 'regular', group: '等级' }], revision });
    expect((await stack.api('PUT', '/api/wecom/tags', { outward: [], revision })).status).toBe(409);
    expect((await stack.api('POST', '/api/wecom/tags/sync', { tag: 'regular' })).body).toEqual({ asked: 1 });
    await stack.advance('PT6S');
    expect(wecom.tagsOf('wmTags', 'zhangsan')).toEqual(['熟客']);
    await stack.advance('P1D');
    await stack.advance('PT6S');
    expect(wecom.tagsOf('wmTags', 'zhangsan')).toEqual([]);
  });
});

describe('setting up the address', () => {
  it('answers the text that WeCom sealed, bare', async () => {
    const echostr = encrypt(KEYS.encodingAesKey, '1616140317555161061', KEYS.corpId);
    const query = new URLSearchParams({
      msg_signature: getSignature(KEYS.token, '1', '2', echostr),
      timestamp: '1',
      nonce: '2',
      echostr,
    });
    const answer = await fetch(`${stack.url}/callbacks/wecom?${query}`);
    expect([answer.status, await answer.text()]).toEqual([200, '1616140317555161061']);
  });

  it.each([
    ['another signature', 'msg_signature', 'wecom-signature'],
    ['another text', 'echostr', 'wecom-signature'],
  ])('with %s is refused in words', async (_, name, code) => {
    const echostr = encrypt(KEYS.encodingAesKey, 'x', KEYS.corpId);
    const query = new URLSearchParams({
      msg_signature: getSignature(KEYS.token, '1', '2', echostr),
      timestamp: '1',
      nonce: '2',
      echostr,
    });
    query.set(name, `${query.get(name)}x`);
    const answer = await fetch(`${stack.url}/callbacks/wecom?${query}`);
    const { error } = await answer.json();
    expect([answer.status, error.code, error.at]).toEqual([403, code, 'msg_signature']);
    expect([error.message.zh, error.next.en]).toEqual([expect.stringMatching(/。$/), expect.stringMatching(/\.$/)]);
  });
});

describe('a contact', () => {
  it('added through a QR code lets her into the journey for that door; the same callback three times is one', async () => {
    const welcome = journey('wecom-welcome', {
      nodes: [
        node('in', 'enter-event', {
          event: 'Contact Added',
          where: [{ path: 'properties.channel', op: 'eq', value: '公众号引流' }],
        }),
        node('wait', 'wait', { duration: 'P7D' }),
        node('end', 'exit'),
      ],
      edges: edges('in -> wait', 'wait -> end'),
    });
    await stack.publish(welcome);
    wecom.contact('wmNew', 'zhangsan', [tag('意向')], { remark: '李薇-面霜', remark_mobiles: ['13800000001'] });
    const added = contact('add_external_contact', 'wmNew', { State: '公众号引流', WelcomeCode: 'CODE' });
    const first = await callback(added);
    expect([first.status, first.text]).toEqual([200, '']);
    await callback(added, first.at);
    await settle();
    await callback(added, first.at);
    await settle();
    expect(await told('wmNew')).toEqual(['Contact Added', 'WeCom Tag Added 意向']);
    expect(await traits('wmNew')).toMatchObject({
      name: '李薇-面霜',
      nickname: '李薇',
      gender: 'female',
      phone: '13800000001',
      wecom_tags: ['意向'],
    });
    const { items } = await stack.get('/api/executions?customer=wecom:wmNew');
    expect(items).toHaveLength(1);
    expect(JSON.stringify(await stack.get('/api/customers/wecom:wmNew/timeline'))).not.toContain('CODE');
  });

  it('edited: what was put on her and taken off is found by looking', async () => {
    wecom.contact('wmEdit', 'zhangsan', [tag('新客')]);
    await callback(contact('add_external_contact', 'wmEdit'));
    await settle();
    wecom.contact('wmEdit', 'zhangsan', [tag('VIP'), tag('老客')], { remark: '王姐' });
    await callback(contact('edit_external_contact', 'wmEdit'));
    await settle();
    expect(await told('wmEdit')).toEqual(
      [
        'Contact Added',
        'Contact Edited',
        'WeCom Tag Added VIP',
        'WeCom Tag Added 新客',
        'WeCom Tag Added 老客',
        'WeCom Tag Removed 新客',
      ].sort(),
    );
    expect(await traits('wmEdit')).toMatchObject({ name: '王姐', wecom_tags: ['VIP', '老客'].sort() });
  });

  it('whose tags were put on before we looked first starts no journey by them; the next tag does', async () => {
    await stack.publish(
      journey('wecom-tagged', {
        nodes: [
          node('in', 'enter-event', { event: 'WeCom Tag Added' }),
          node('wait', 'wait', { duration: 'P7D' }),
          node('end', 'exit'),
        ],
        edges: edges('in -> wait', 'wait -> end'),
      }),
    );
    const passages = async () =>
      (await stack.get('/api/executions?customer=wecom:wmOld&journey=wecom-tagged')).items.length;
    wecom.contact('wmOld', 'zhangsan', [tag('三年前的标签')]);
    await callback(contact('edit_external_contact', 'wmOld'));
    await settle();
    expect(await passages()).toBe(0);
    wecom.contact('wmOld', 'zhangsan', [tag('三年前的标签'), tag('VIP')]);
    await callback(contact('edit_external_contact', 'wmOld'));
    await settle();
    expect(await passages()).toBe(1);
  });

  it('is looked at again when WeCom ends the token or has too many calls, and nothing is told twice', async () => {
    wecom.contact('wmBusy', 'zhangsan', []);
    await callback(contact('add_external_contact', 'wmBusy'));
    await settle();
    wecom.endTokens();
    wecom.script.push({ path: 'externalcontact/get', errcode: 45033 });
    wecom.contact('wmBusy', 'zhangsan', [tag('VIP')]);
    await callback(contact('edit_external_contact', 'wmBusy'));
    await settle();
    await callback(contact('edit_external_contact', 'wmBusy'));
    await settle();
    expect(await told('wmBusy')).toEqual(['Contact Added', 'Contact Edited', 'Contact Edited', 'WeCom Tag Added VIP']);
  });

  it('who removes us is told as such, and joined groups as joined', async () => {
    await callback(contact('del_follow_user', 'wmNew'));
    const group = {
      Event: 'change_external_chat',
      ChangeType: 'update',
      ChatId: 'wr1',
      UpdateDetail: 'add_member',
      JoinScene: '3',
      MemChangeList: 'wmNew',
    };
    await callback(group);
    await settle();
    expect(await told('wmNew')).toEqual(['Contact Added', 'Contact Deleted', 'Group Joined', 'WeCom Tag Added 意向']);
  });
});

describe('what is wrong', () => {
  it.each([
    ['no XML', 'hello', 'wecom-no-xml'],
    ['XML without Encrypt', '<xml><A>1</A></xml>', 'wecom-no-xml'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>', 'wecom-no-xml'],
    ['another corp’s', sealed('<xml/>', { ...KEYS, corpId: 'wwother' }).body, 'wecom-signature'],
  ])('%s is refused, and nothing gets onto the bus', async (_, body, code) => {
    const answer = await fetch(`${stack.url}/callbacks/wecom?msg_signature=x&timestamp=1&nonce=1`, {
      method: 'POST',
      body,
    });
    expect([answer.status, (await answer.json()).error.code]).toEqual([403, code]);
  });

  it('a callback that was opened and cannot be read is kept and shown', async () => {
    const { query, body } = sealed('not xml at all');
    expect((await fetch(`${stack.url}/callbacks/wecom?${query}`, { method: 'POST', body })).status).toBe(200);
    await settle();
    const { items } = await stack.get('/api/rejected-events?limit=100');
    expect(items).toMatchObject([
      {
        source: 'wecom',
        detailType: 'unreadable',
        detail: { unreadable: 'not xml at all' },
        diagnostics: [{ code: 'source-shape' }, {}, {}],
      },
    ]);
  });

  it('without settings says that WeCom is not set up', async () => {
    const settings = process.env['WECOM_SETTINGS'];
    delete process.env['WECOM_SETTINGS'];
    try {
      const answer = await fetch(`${stack.url}/callbacks/wecom?echostr=x`);
      expect([answer.status, (await answer.json()).error.code]).toEqual([503, 'wecom-not-configured']);
    } finally {
      process.env['WECOM_SETTINGS'] = settings;
    }
  });
});
