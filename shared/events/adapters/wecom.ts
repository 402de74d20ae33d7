import { z } from 'zod';
import type { AdaptedMessage, EventAdapter, Translation } from './adapter.ts';
import { nobody, notAboutCustomers, wrongShape } from './problems.ts';
import { type Bag, bagOf, given, listOf, plainValues, textOf } from './reading.ts';

const NAME = { zh: '企业微信', en: 'WeCom' };

/** The decrypted XML of a callback as JSON (developer.work.weixin.qq.com/document/path/92130). Values are texts. */
const detailSchema = z.looseObject({
  /** The corp. */
  ToUserName: z.string().min(1),
  /** Seconds. */
  CreateTime: z.string().regex(/^\d{1,12}$/),
  Event: z.string().min(1),
  ChangeType: z.string().optional(),
});

/**
 * Callbacks of WeCom (企业微信), decrypted by functions/http/wecom. The customer is the external contact,
 * `wecom:<ExternalUserID>`; the app's own id joins her when it sends identify with both. That a contact was edited says
 * not what changed: functions/events/wecom-contacts looks and tells it as messages of its own.
 */
export const wecom: EventAdapter = {
  id: 'wecom',
  name: NAME,
  recognises: ({ source }) => source === 'wecom',
  translate: ({ detail }) => {
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape(NAME, parsed.error);
    const callback: Bag = parsed.data;
    const { Event, ChangeType } = parsed.data;
    if (Event === 'change_external_chat') return chat(callback);
    if (callback['ExternalUserID'] === undefined) return elsewhere(ChangeType ?? Event);
    const who = textOf(callback['ExternalUserID']);
    if (who === undefined) return unnamed(ChangeType ?? Event);
    const event = CONTACT[ChangeType ?? ''] ?? ChangeType ?? Event;
    const state = textOf(callback['State']);
    const properties = given({
      ...Object.fromEntries(Object.entries(plainValues(callback)).filter(([name]) => !FRAME.has(name))),
      // 「联系我」 and 获客链接 say in `State` which door she came in by.
      channel: state,
      state,
      member: textOf(callback['UserID']),
      fail_reason: textOf(callback['FailReason']),
    });
    return { ok: true, messages: [message(callback, who, event, properties)] };
  },
};

/** `Contact Deleted` is her doing (she removed our member), `Contact Removed` the member's. */
const CONTACT: Readonly<Record<string, string>> = {
  add_external_contact: 'Contact Added',
  add_half_external_contact: 'Contact Requested',
  edit_external_contact: 'Contact Edited',
  del_external_contact: 'Contact Removed',
  del_follow_user: 'Contact Deleted',
  transfer_fail: 'Contact Transfer Failed',
};

/** Members of the callback that are said otherwise, or are nobody's business; a welcome code is good for 20 seconds. */
const FRAME = new Set(
  'ToUserName FromUserName CreateTime MsgType Event ChangeType UserID ExternalUserID State WelcomeCode FailReason Source'.split(
    ' ',
  ),
);

/** Of a group's changes those that say which customers came or went: external ids begin with wm or wo. */
function chat(callback: Bag): Translation {
  const event = { add_member: 'Group Joined', del_member: 'Group Left' }[String(callback['UpdateDetail'])];
  const list = bagOf(callback['MemChangeList'])['Item'] ?? callback['MemChangeList'];
  const people = [list ?? []]
    .flat()
    .flatMap((one) => String(one).split(','))
    .filter((id) => /^w[mo]/.test(id.trim()));
  if (event === undefined || listOf(people).length === 0)
    return elsewhere(String(callback['UpdateDetail'] ?? callback['ChangeType']));
  const properties = given({
    chat_id: textOf(callback['ChatId']),
    join_scene: event === 'Group Joined' ? textOf(callback['JoinScene']) : undefined,
    quit_scene: event === 'Group Left' ? textOf(callback['QuitScene']) : undefined,
  });
  return { ok: true, messages: people.map((id) => message(callback, id.trim(), event, properties)) };
}

/** WeCom tells a repetition by time, kind and people: it has no number of its own for a callback. */
function message(callback: Bag, external: string, event: string, properties: Bag): AdaptedMessage {
  const { ToUserName, CreateTime, Event, ChangeType, UpdateDetail, UserID, ChatId } = callback;
  const parts = [ToUserName, CreateTime, UpdateDetail ?? ChangeType ?? Event, UserID ?? ChatId, external];
  return {
    type: 'track',
    event,
    messageId: `wecom:${parts.filter(Boolean).join(':')}`.slice(0, 256),
    timestamp: new Date(Number(CreateTime) * 1000).toISOString(),
    anonymousId: `wecom:${external}`,
    properties,
    context: { source: 'wecom', channel: 'wecom' },
  };
}

const elsewhere = (what: string): Translation =>
  notAboutCustomers(
    { zh: `企业微信的 ${what}`, en: `WeCom’s ${what}` },
    {
      zh: '不需要做什么；不想看到它，可在应用的接收事件里关掉。',
      en: 'Nothing to do; switch it off in the app’s received events if you do not want to see it.',
    },
  );

const unnamed = (what: string): Translation =>
  nobody({ zh: `企业微信的 ${what}`, en: `WeCom’s ${what}` }, 'ExternalUserID', {
    zh: '回调须带 ExternalUserID；请检查应用的「客户联系」权限。',
    en: 'The callback needs an ExternalUserID; check that the app may use customer contact.',
  });
