import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { machineMs } from '../clock/index.ts';
import { type Fetched, type TokenStore, tokenStore } from './access-token.ts';
import type { WeComSettings } from './settings.ts';

/** Every answer of WeCom; 0 is good (developer.work.weixin.qq.com/document/path/90313). */
const answerSchema = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });
export type WeComAnswer = z.infer<typeof answerSchema>;

export interface WeComClient {
  /**
   * GET of `/cgi-bin/<path>`. A token that WeCom no longer takes is renewed once; a passing trouble is tried again.
   *
   * @throws WeComBusy while WeCom wants no calls; WeComRefused for any other errcode
   */
  get(path: string, query: Readonly<Record<string, string>>): Promise<WeComAnswer>;
  /** POST of JSON to `/cgi-bin/<path>`, under the same terms; only for what may be done twice. */
  post(path: string, body: object): Promise<WeComAnswer>;
}

/** 40001 and 40014: wrong; 42001: over. Tokens may end before their time. */
const TOKEN_GONE = new Set([40001, 40014, 42001]);
/** -1: WeCom is busy; 45033: too many calls at once. */
const PASSING = new Set([-1, 45033]);
/** Too many calls: what breaks the limit of a minute is blocked for 60 s, of an hour for 60 min. */
const FREQUENCY = 45009;
const BLOCKED_MS = 60_000;
const ATTEMPTS = 4;
const TIMEOUT_MS = 5000;

/** @param firstPause ms before the first repetition; they double */
export function weComClient(settings: WeComSettings & { readonly secret: string }, firstPause = 250): WeComClient {
  const { api, corpId, secret } = settings;
  let blockedUntil = 0;

  async function ask(path: string, query: Readonly<Record<string, string>>, body?: object): Promise<WeComAnswer> {
    if (machineMs() < blockedUntil) throw new WeComBusy(blockedUntil - machineMs());
    const url = `${api}/cgi-bin/${path}?${new URLSearchParams(query)}`;
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(url, { ...sent, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
      (cause: Error) => cause,
    );
    if (response instanceof Error || response.status >= 500) return { errcode: -1, errmsg: 'no answer' };
    const answer = answerSchema.parse(await response.json());
    if (answer.errcode === FREQUENCY) {
      blockedUntil = machineMs() + BLOCKED_MS;
      throw new WeComBusy(BLOCKED_MS);
    }
    return answer;
  }

  async function patiently(
    path: string,
    query: () => Promise<Readonly<Record<string, string>>>,
    body?: object,
  ): Promise<WeComAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await ask(path, await query(), body);
      if (!PASSING.has(answer.errcode)) return answer;
      if (attempt === ATTEMPTS) throw new WeComBusy(BLOCKED_MS);
      await pause(firstPause * 2 ** (attempt - 1));
    }
  }

  async function fetchToken(): Promise<Fetched> {
    const answer = await patiently('gettoken', async () => ({ corpid: corpId, corpsecret: secret }));
    if (answer.errcode !== 0) throw new WeComRefused('gettoken', answer);
    return { token: String(answer['access_token']), expiresIn: Number(answer['expires_in']) };
  }

  const tokens: TokenStore = tokenStore(corpId, fetchToken);

  async function called(path: string, query: Readonly<Record<string, string>>, body?: object): Promise<WeComAnswer> {
    let token = await tokens.current();
    const withToken = async () => ({ ...query, access_token: token });
    let answer = await patiently(path, withToken, body);
    if (TOKEN_GONE.has(answer.errcode)) {
      token = await tokens.renewed(token);
      answer = await patiently(path, withToken, body);
    }
    if (answer.errcode !== 0) throw new WeComRefused(path, answer);
    return answer;
  }

  return { get: (path, query) => called(path, query), post: (path, body) => called(path, {}, body) };
}

let last: { readonly for: string; readonly client: WeComClient } | undefined;

/** One client, and so one memory of tokens and of being blocked, as long as the settings stay the same. */
export function weComClientFor(settings: WeComSettings & { readonly secret: string }): WeComClient {
  const key = JSON.stringify(settings);
  if (last?.for !== key) last = { for: key, client: weComClient(settings) };
  return last.client;
}

/** WeCom wants no calls now; what was to be asked comes again by itself. */
export class WeComBusy extends Error {
  readonly code = 'wecom-busy';
  /** ms. */
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super('WeCom takes no calls at the moment');
    this.name = 'WeComBusy';
    this.retryAfter = retryAfter;
  }
}

/** What whoever runs the system has to mend, by errcode. */
const HINTS: Readonly<Record<number, string>> = {
  40013: 'the corpId is wrong',
  40056: 'the app is not permitted to do this',
  41051: 'the customer is being talked to already',
  48002: 'the app is not among those that may use 客户联系',
  60011: 'the member is outside the app’s visible range',
  60020:
    'the address of the caller is not on the list 企业可信IP; from AWS use a proxy with a fixed address, see docs/deploy.md',
};

export class WeComRefused extends Error {
  readonly code = 'wecom-refused';
  readonly errcode: number;
  constructor(path: string, { errcode, errmsg }: WeComAnswer) {
    // errmsg may name people: only its beginning, which says the kind.
    super(
      `WeCom refused ${path} with ${errcode}${HINTS[errcode] ? `: ${HINTS[errcode]}` : ` (${errmsg.slice(0, 40)})`}`,
    );
    this.name = 'WeComRefused';
    this.errcode = errcode;
  }
  /** 40071: there is a tag or group of this name already. */
  get nameTaken(): boolean {
    return this.errcode === 40071;
  }
  /** The contact is none (any more): 84061 not an external contact, 40096 no such id. */
  get contactGone(): boolean {
    return this.errcode === 84061 || this.errcode === 40096;
  }
}
