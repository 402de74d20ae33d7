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
 * WeCom's API as far as it is called: tokens that end when it says so, contacts that stories change, and a script of
 * error codes that the next calls are answered with.
 */
export interface FakeWeCom {
  readonly url: string;
  /** Answered by the next calls, in this order, before any real answer. `path` narrows to one of them. */
  readonly script: { readonly path?: string; readonly errcode: number }[];
  /** Every call, by path. */
  readonly calls: string[];
  /** Ends every token given so far. */
  readonly endTokens: () => void;
  readonly contact: (external: string, member: string, tags: readonly Tag[], more?: object) => void;
  readonly close: () => Promise<void>;
}

export async function startFakeWeCom(): Promise<FakeWeCom> {
  const script: { path?: string; errcode: number }[] = [];
  const calls: string[] = [];
  const contacts = new Map<string, Map<string, object>>();
  let tokens = 0;
  let oldestGood = 1;

  function answer(path: string, query: URLSearchParams): object {
    const scripted = script.findIndex((one) => one.path === undefined || one.path === path);
    if (scripted >= 0) return { errcode: script.splice(scripted, 1)[0]!.errcode, errmsg: 'scripted' };
    if (path === 'gettoken') {
      const right = query.get('corpid') === CORP && query.get('corpsecret') === 'secret';
      return right
        ? { errcode: 0, errmsg: 'ok', access_token: `token-${++tokens}`, expires_in: 7200 }
        : { errcode: 40001, errmsg: 'invalid credential' };
    }
    const number = Number(query.get('access_token')?.replace('token-', ''));
    if (!(number >= oldestGood)) return { errcode: number > 0 ? 42001 : 40014, errmsg: 'token' };
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

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname.replace('/cgi-bin/', '');
    calls.push(path);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(path, url.searchParams)));
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
