import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import { issueWords } from '../issue-words.ts';
import { deepPlace, MAX_LEVELS, mayBeIllFormed, wellFormed } from '../json-bounds.ts';
import type { Words } from '../words.ts';
import type { CustomerEvent } from './event.ts';
import { type Join, joinIn } from './join.ts';
import { MAX_MESSAGE_BYTES, type Need, type SegmentMessage, segmentMessage } from './segment-message.ts';

export type ParsedEvent =
  | { readonly ok: true; readonly event: CustomerEvent; readonly joins?: Join }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Clocks of phones are wrong; up to here we believe them. */
const FUTURE_TOLERANCE_MS = 5 * 60_000;
/** Before the year 1 instants are written otherwise, and would sort otherwise. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');

/**
 * Turns the detail of a bus event into a CustomerEvent, or says in words what is wrong with it.
 *
 * Time is `timestamp` (which Segment has corrected for the device's clock), else `originalTimestamp`, else the
 * envelope's; what lies more than five minutes in the future (or before the year 1) becomes `now`. The customer is `userId`, else
 * `anonymousId`; `joins` is the other id that the message says is hers.
 *
 * @param detail the message, any JSON value
 * @param envelope the bus event's own `time`, ISO 8601, and its detail-type, which must be the message's `type`
 * @param now ISO 8601
 */
export function parseEvent(
  detail: unknown,
  envelope: { readonly time: string; readonly type?: string },
  now: string,
): ParsedEvent {
  const deep = deepPlace(detail);
  if (deep !== undefined) return { ok: false, diagnostics: [tooDeep(deep)] };
  const json = JSON.stringify(detail) ?? '';
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > MAX_MESSAGE_BYTES) return { ok: false, diagnostics: [tooLarge(bytes)] };
  // Apps cut texts in the middle of an emoji: that is no reason to lose the event.
  const parsed = segmentMessage.safeParse(mayBeIllFormed(json) ? wellFormed(detail) : detail);
  if (!parsed.success) return { ok: false, diagnostics: parsed.error.issues.map(toDiagnostic) };
  if (envelope.type !== undefined && envelope.type !== parsed.data.type) {
    return { ok: false, diagnostics: [otherType(envelope.type, parsed.data.type)] };
  }
  const joins = joinIn(parsed.data);
  return { ok: true, event: toEvent(parsed.data, envelope, now), ...(joins && { joins }) };
}

function toEvent(message: SegmentMessage, envelope: { readonly time: string }, now: string): CustomerEvent {
  const nowMs = Date.parse(now);
  const claimed = Date.parse(message.timestamp ?? message.originalTimestamp ?? envelope.time);
  const believed = claimed >= EARLIEST_MS && claimed <= nowMs + FUTURE_TOLERANCE_MS;
  const at = believed ? claimed : nowMs;
  return {
    id: message.messageId,
    customer: (message.userId || message.anonymousId) as string,
    name: message.type === 'track' ? (message.event as string) : `$${message.type}`,
    type: message.type,
    at: new Date(at).toISOString(),
    received: new Date(nowMs).toISOString(),
    properties: withChannel(message),
    ...(message.traits ? { traits: message.traits } : {}),
    ...(message.context ? { context: message.context } : {}),
    ...(message.context?.['quiet'] === true ? { quiet: true } : {}),
  };
}

/** Who says no channel came by that of her campaign's link (utm_source), as Segment's libraries send it. */
function withChannel({ properties: told, context }: SegmentMessage): CustomerEvent['properties'] {
  const properties = told ?? {};
  const { source } = (context?.['campaign'] ?? {}) as { readonly source?: unknown };
  if (typeof source !== 'string' || source === '' || 'channel' in properties) return properties;
  return { ...properties, channel: source };
}

/** Rules on the bus choose by detail-type: a message that says otherwise inside would reach the wrong ones. */
function otherType(envelope: string, type: string): Diagnostic {
  return {
    code: 'event-other-type',
    severity: 'error',
    message: {
      zh: `detail-type 是「${envelope}」，消息里的 type 却是「${type}」。`,
      en: `The detail-type is "${envelope}", but the message's type is "${type}".`,
    },
    next: {
      zh: `请把 detail-type 写成消息的 type：「${type}」。`,
      en: `Put it on the bus with the message's type as its detail-type: "${type}".`,
    },
    field: 'type',
  };
}

function tooDeep(place: string): Diagnostic {
  return {
    code: 'event-too-deep',
    severity: 'error',
    message: {
      zh: `事件里「${place}」套了超过 ${MAX_LEVELS} 层。`,
      en: `The event has more than ${MAX_LEVELS} levels inside each other at “${place}”.`,
    },
    next: {
      zh: '去掉不需要的内层，或把它写成一段 JSON 文本。',
      en: 'Leave out inner levels that nobody needs, or send that part as a text of JSON.',
    },
    field: place,
  };
}

function tooLarge(bytes: number): Diagnostic {
  return {
    code: 'event-too-large',
    severity: 'error',
    message: {
      zh: `事件有 ${bytes} 字节，超过上限 ${MAX_MESSAGE_BYTES} 字节。`,
      en: `The event has ${bytes} bytes; at most ${MAX_MESSAGE_BYTES} are accepted.`,
    },
    next: {
      zh: '把大的内容存到别处，事件里只放它的地址。',
      en: 'Store large content elsewhere and put only its address into the event.',
    },
  };
}

function toDiagnostic(issue: z.core.$ZodIssue): Diagnostic {
  const field = issue.path.map(String).join('.');
  const place: Words = field ? { zh: `字段 ${field}`, en: `Field ${field}` } : { zh: '事件', en: 'The event' };
  const { code, what, next } = reading(issue);
  return {
    code,
    severity: 'error',
    message: { zh: `${place.zh}${what.zh}`, en: `${place.en} ${what.en}` },
    next,
    ...(field ? { field } : {}),
  };
}

interface Reading {
  readonly code: string;
  readonly what: Words;
  readonly next: Words;
}

const SPEC: Words = {
  zh: '事件须符合 Segment 规范：type、messageId、userId 或 anonymousId，track 事件另需 event。',
  en: 'Send a message of the Segment spec: type, messageId, userId or anonymousId, and event for track.',
};

const NEEDED: Readonly<Record<Need, Reading>> = {
  customer: {
    code: 'event-no-customer',
    what: {
      zh: ' 和 anonymousId 都没有，不知道是哪位客户。',
      en: 'and anonymousId are both missing: whose event is it?',
    },
    next: {
      zh: '登录客户用 userId，未登录用 anonymousId。',
      en: 'Use userId for known customers, anonymousId for unknown ones.',
    },
  },
  event: {
    code: 'event-no-name',
    what: { zh: ' 缺失：track 事件必须有名字。', en: 'is missing: a track message needs a name.' },
    next: { zh: '例如 "event": "Order Completed"。', en: 'For example "event": "Order Completed".' },
  },
  aliasUser: {
    code: 'alias-no-user',
    what: { zh: ' 缺失：alias 要说明并到哪个用户。', en: 'is missing: an alias says whose the other id is.' },
    next: {
      zh: '把要保留的编号写进 userId，旧的写进 previousId。',
      en: 'Put the id that stays into userId and the former one into previousId.',
    },
  },
  aliasPrevious: {
    code: 'alias-no-previous',
    what: {
      zh: ' 和 anonymousId 都没有，不知道并入哪个编号。',
      en: 'and anonymousId are both missing: which other id?',
    },
    next: { zh: '把以前的编号写进 previousId。', en: 'Put the id that she had before into previousId.' },
  },
  aliasOther: {
    code: 'alias-to-itself',
    what: { zh: ' 与 userId 相同，没有可合并的。', en: 'is the userId itself: there is nothing to merge.' },
    next: {
      zh: 'previousId 写以前的编号，userId 写现在的。',
      en: 'previousId is the id that she had before, userId the one she has now.',
    },
  },
  plain: {
    code: 'event-field-characters',
    what: {
      zh: ' 只有空白，或含有看不见的控制字符。',
      en: 'holds nothing but blanks, or control characters that nobody can see.',
    },
    next: {
      zh: '去掉换行、制表符和其他控制字符；编号要能看见。',
      en: 'Take out line breaks, tabs and other control characters; something of it must be visible.',
    },
  },
  shorter: {
    code: 'event-field-invalid',
    what: { zh: ' 太长：编号最多 400 字节（UTF-8）。', en: 'is too long: ids have at most 400 bytes (UTF-8).' },
    next: { zh: '换一个短一些的编号。', en: 'Use a shorter id.' },
  },
};

function reading(issue: z.core.$ZodIssue): Reading {
  if (issue.code === 'custom') return NEEDED[issue.params?.['need'] as Need];
  if (issue.code === 'invalid_type') {
    const missing = /received undefined$/.test(issue.message);
    return missing
      ? { code: 'event-field-missing', what: { zh: ' 缺失。', en: 'is missing.' }, next: SPEC }
      : {
          code: 'event-field-type',
          what: {
            zh: ` 的类型不对，应为 ${issue.expected}。`,
            en: `has the wrong type; ${issue.expected} is expected.`,
          },
          next: SPEC,
        };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return {
      code: 'event-field-value',
      what: { zh: ` 的值不认识，可用的有：${values}。`, en: `has an unknown value; known are: ${values}.` },
      next: SPEC,
    };
  }
  if (issue.code === 'invalid_format') {
    return {
      code: 'event-field-format',
      what: { zh: ' 不是带时区的 ISO 8601 时间。', en: 'is not an ISO 8601 instant with a zone.' },
      next: { zh: '例如 "2026-11-20T08:29:58.120Z"。', en: 'For example "2026-11-20T08:29:58.120Z".' },
    };
  }
  const said = issueWords(issue);
  return {
    code: 'event-field-invalid',
    what: { zh: ` 不合要求：${said.zh}。`, en: `is not acceptable: ${said.en}.` },
    next: SPEC,
  };
}
