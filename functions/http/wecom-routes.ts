import { type Context, Hono } from 'hono';
import type { Words } from '../../shared/words.ts';
import { logger } from '../pipeline.ts';
import { BusRefused, putEvents } from '../ports/bus/index.ts';
import {
  readXml,
  SealBroken,
  unseal,
  type WeComSettings,
  WeComSettingsWrong,
  weComSettings,
} from '../ports/wecom/index.ts';
import { ApiError, type Problem } from './errors.ts';
import type { Env } from './roles.ts';

export const wecom = new Hono<Env>();

/** 「接收事件服务器」 → 保存: WeCom asks whether this address is ours; the answer is the text, bare. */
wecom.get('/callbacks/wecom', async (context) => {
  const settings = await configured();
  return context.text(opened(context, context.req.query('echostr') ?? '', settings));
});

/**
 * A callback. Answered empty as soon as the bus has it: WeCom waits five seconds and asks three times in all, so the
 * same may come again (its adapter gives both the same id). An event that was opened and cannot be read goes on the bus
 * as it is, and is kept and shown with the reason.
 */
wecom.post('/callbacks/wecom', async (context) => {
  const settings = await configured();
  const posted = await context.req.text();
  if (posted.length > MAX_CHARS) throw refusedFor('wecom-too-large');
  const encrypted = readXml(posted)?.['Encrypt'];
  if (typeof encrypted !== 'string') throw refusedFor('wecom-no-xml');
  const text = opened(context, encrypted, settings);
  const callback = readXml(text);
  const detailType = String(callback?.['Event'] ?? callback?.['MsgType'] ?? 'unreadable').slice(0, 128) || 'unreadable';
  try {
    await putEvents([{ source: 'wecom', detailType, detail: callback ?? { unreadable: text.slice(0, 2000) } }]);
  } catch (error) {
    if (error instanceof BusRefused) throw refusedFor('bus-busy', 503);
    throw error;
  }
  return context.body(null, 200);
});

/** Callbacks have a few hundred characters; the largest known, of a group of 500, some 20,000. */
const MAX_CHARS = 200_000;

async function configured(): Promise<WeComSettings> {
  const settings = await weComSettings().catch((error: unknown) => {
    if (!(error instanceof WeComSettingsWrong)) throw error;
    logger.error(error.code, error);
    throw refusedFor('wecom-settings-wrong', 503, error.fields.join(', '));
  });
  if (settings === undefined) throw refusedFor('wecom-not-configured', 503);
  return settings;
}

function opened(context: Context, encrypted: string, settings: WeComSettings): string {
  const query = (name: string) => context.req.query(name) ?? '';
  const sealed = { signature: query('msg_signature'), timestamp: query('timestamp'), nonce: query('nonce'), encrypted };
  try {
    return unseal(sealed, settings);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    logger.warn(error.code);
    throw refusedFor(error.code);
  }
}

function refusedFor(code: keyof typeof WHY, status: 403 | 503 = 403, where?: string): ApiError {
  const [message, next, place] = WHY[code];
  const at = where ?? place;
  const problem: Problem = { code, message, next, ...(at === undefined ? {} : { at }) };
  return new ApiError(status, problem);
}

const CONSOLE: Words = {
  zh: '在企业微信后台核对这个应用的「接收事件服务器」设置，与 WeCom 配置一致。',
  en: 'Compare the app’s 接收事件服务器 settings in WeCom’s admin console with the WeCom settings here.',
};

const WHY = {
  'wecom-not-configured': [
    { zh: '还没有配置企业微信。', en: 'WeCom is not set up here.' },
    {
      zh: '按 docs/events.md「企业微信」一节写入 corpId、token、encodingAesKey。',
      en: 'Store corpId, token and encodingAesKey as docs/events.md says under “WeCom”.',
    },
    undefined,
  ],
  'wecom-settings-wrong': [
    { zh: '企业微信的配置不能用。', en: 'The settings of WeCom cannot be used.' },
    {
      zh: '按 docs/events.md「企业微信」一节改正所列的项（encodingAesKey 有 43 个字符）。',
      en: 'Correct the members that are named, as docs/events.md says under “WeCom” (encodingAesKey has 43 characters).',
    },
    undefined,
  ],
  'wecom-signature': [
    { zh: '签名不对，没有打开内容。', en: 'The signature is wrong; the content was not opened.' },
    CONSOLE,
    'msg_signature',
  ],
  'wecom-payload': [
    {
      zh: '内容解不开，EncodingAESKey 可能不对。',
      en: 'The content cannot be opened; the EncodingAESKey may be another one.',
    },
    CONSOLE,
    'Encrypt',
  ],
  'wecom-receiver': [
    { zh: '内容是发给另一个企业的。', en: 'The content is meant for another corp.' },
    CONSOLE,
    'Encrypt',
  ],
  'wecom-no-xml': [
    { zh: '内容不是带 Encrypt 的 XML。', en: 'The content is no XML with Encrypt in it.' },
    {
      zh: '这个地址只接收企业微信的回调；请使用安全模式。',
      en: 'This address takes WeCom’s callbacks only, in its encrypted mode.',
    },
    'Encrypt',
  ],
  'wecom-too-large': [
    { zh: '内容太大。', en: 'The content is too large.' },
    { zh: '这个地址只接收企业微信的回调。', en: 'This address takes WeCom’s callbacks only.' },
    undefined,
  ],
  'bus-busy': [
    { zh: '暂时收不下这个事件。', en: 'The event cannot be taken in at the moment.' },
    { zh: '企业微信会自动重试。', en: 'WeCom tries again by itself.' },
    undefined,
  ],
} as const satisfies Record<string, readonly [Words, Words, string | undefined]>;
