import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encrypt, getSignature } from '@wecom/crypto';

export const CORP = 'ww55ca070cb9b7eb22';
export const KEYS = { corpId: CORP, token: 'QDG6eK', encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };

interface Tag {
  readonly group_name?: string;
  readonly tag_name: string;
  readonly tag_id?: string;
  readonly type: number;
}

/**
 * WeCom's API as far as it is called: tokens that end when it says so, contacts that stories change, corp tags that are
 * made and marked under WeCom's own conditions, and a script of error codes that the next calls are answered with.
 */
export interface FakeWeCom {
  readonly url: string;
  /** Answered by the next calls, in this order, before any real answer. `path` narrows to one of them. */
  readonly script: { readonly path?: string; readonly errcode: number; readonly act?: () => void }[];
  /** Every call, by path. */
  readonly calls: string[];
  /** Ends every token given so far. */
  readonly endTokens: () => void;
  readonly contact: (external: string, member: string, tags: readonly Tag[], more?: object) => void;
  /** Names of the tags that a member has on a customer. */
  readonly tagsOf: (external: string, member: string) => readonly string[];
  /** A corp tag that somebody made in WeCom's own console. */
  readonly corpTag: (group: string, name: string) => string;
  readonly close: () => Promise<void>;
}

export async function startFakeWeCom(): Promise<FakeWeCom> {
  const script: { path?: string; errcode: number; act?: () => void }[] = [];
  const calls: string[] = [];
  const contacts = new Map<string, Map<string, object>>();
  const groups = new Map<string, Map<string, string>>();
  let tokens = 0;
  let oldestGood = 1;

  function corpTag(group: string, name: string): string {
    const tags = groups.get(group) ?? new Map<string, string>();
    const id = `et-${group}-${name}`;
    groups.set(group, tags.set(name, id));
    return id;
  }

  const groupsNow = () =>
    [...groups].map(([group, tags]) => ({
      group_id: `eg-${group}`,
      group_name: group,
      tag: [...tags].map(([name, id]) => ({ id, name })),
    }));

  function addCorpTag({ group_name, tag }: { group_name: string; tag: { name: string }[] }): object {
    if (tag.some(({ name }) => groups.get(group_name)?.has(name))) return { errcode: 40071, errmsg: 'name exists' };
    if (tag.some(({ name }) => [...name].length > 30)) return { errcode: 40058, errmsg: 'name too long' };
    for (const { name } of tag) corpTag(group_name, name);
    return { errcode: 0, errmsg: 'ok', tag_group: groupsNow().find((one) => one.group_name === group_name) };
  }

  function markTag(body: {
    userid: string;
    external_userid: string;
    add_tag?: string[];
    remove_tag?: string[];
  }): object {
    const { userid, external_userid: external, add_tag: add = [], remove_tag: remove = [] } = body;
    if (add.length + remove.length === 0) return { errcode: 40058, errmsg: 'both empty' };
    const follow = contacts.get(external)?.get(userid) as { tags: Tag[] } | undefined;
    if (follow === undefined) return { errcode: 84061, errmsg: 'not external contact' };
    const known = new Map([...groups].flatMap(([group, tags]) => [...tags].map(([name, id]) => [id, { group, name }])));
    if ([...add, ...remove].some((id) => !known.has(id))) return { errcode: 40068, errmsg: 'invalid tagid' };
    const kept = follow.tags.filter(({ tag_id }) => ![...add, ...remove].includes(tag_id ?? ''));
    const added = add.map((id) => ({
      tag_name: known.get(id)!.name,
      group_name: known.get(id)!.group,
      tag_id: id,
      type: 1,
    }));
    follow.tags = [...kept, ...added];
    return { errcode: 0, errmsg: 'ok' };
  }

  function answer(path: string, query: URLSearchParams, body: string): object {
    const scripted = script.findIndex((one) => one.path === undefined || one.path === path);
    if (scripted >= 0) {
      const { errcode, act } = script.splice(scripted, 1)[0]!;
      act?.();
      return { errcode, errmsg: 'scripted' };
    }
    if (path === 'gettoken') {
      const right = query.get('corpid') === CORP && query.get('corpsecret') === 'secret';
      return right
        ? { errcode: 0, errmsg: 'ok', access_token: `token-${++tokens}`, expires_in: 7200 }
        : { errcode: 40001, errmsg: 'invalid credential' };
    }
    const number = Number(query.get('access_token')?.replace('token-', ''));
    if (!(number >= oldestGood)) return { errcode: number > 0 ? 42001 : 40014, errmsg: 'token' };
    if (path === 'externalcontact/get_corp_tag_list') return { errcode: 0, errmsg: 'ok', tag_group: groupsNow() };
    if (path === 'externalcontact/add_corp_tag') return addCorpTag(JSON.parse(body));
    if (path === 'externalcontact/mark_tag') return markTag(JSON.parse(body));
    const external = query.get('external_userid') ?? '';
    const follows = [...(contacts.get(external)?.values() ?? [])];
    if (follows.length === 0) return { errcode: 84061, errmsg: 'not external contact' };
    // A page holds one, so that stories with two members see pages.
    const page = Number(query.get('cursor') ?? 0);
    return {
      errcode: 0,
      errmsg: 'ok',
      external_contact: {
        external_userid: external,
        name: '李薇',
        type: 1,
        gender: 2,
        unionid: 'ozynqsulJFCZ2z1aYeS8h-nuasdAAA',
      },
      follow_user: follows.slice(page, page + 1),
      next_cursor: page + 1 < follows.length ? String(page + 1) : '',
    };
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname.replace('/cgi-bin/', '');
    calls.push(path);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(path, url.searchParams, Buffer.concat(chunks).toString())));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    script,
    calls,
    endTokens: () => {
      oldestGood = tokens + 1;
    },
    contact: (external, member, tags, more = {}) => {
      const follows = contacts.get(external) ?? new Map<string, object>();
      contacts.set(external, follows.set(member, { userid: member, remark: '', tags, add_way: 1, ...more }));
    },
    tagsOf: (external, member) =>
      ((contacts.get(external)?.get(member) as { tags: Tag[] } | undefined)?.tags ?? []).map(
        ({ tag_name }) => tag_name,
      ),
    corpTag,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The query and body of a callback, sealed by WeCom's own library. */
export function sealed(xml: string, keys = KEYS): { query: string; body: string } {
  const encrypted = encrypt(keys.encodingAesKey, xml, keys.corpId);
  const [timestamp, nonce] = ['1795163399', '263014780'];
  const query = new URLSearchParams({
    msg_signature: getSignature(keys.token, timestamp, nonce, encrypted),
    timestamp,
    nonce,
  });
  return {
    query: String(query),
    body: `<xml><ToUserName><![CDATA[${keys.corpId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

/** The XML of a callback of this kind. */
export const callbackXml = (members: Readonly<Record<string, string>>, createTime = 1795163398): string =>
  `<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>${createTime}</CreateTime><MsgType><![CDATA[event]]></MsgType>${Object.entries(
    members,
  )
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`;
