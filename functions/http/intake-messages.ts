import { randomUUID } from 'node:crypto';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import { parseEvent, REFUSED } from '../../shared/events/index.ts';
import { shallow } from '../../shared/json-bounds.ts';
import type { BusEvent } from '../ports/bus/index.ts';
import { MAX_SENT_BYTES } from './intake-body.ts';

/** A message that is not taken as an event, and where it stood in the request (`batch.3.userId`). */
export type IntakeProblem = Diagnostic & { readonly field: string };

export interface ReadMessages {
  /** What goes on the bus: the good as they are, the others with the reason, so that they are kept and shown. */
  readonly events: readonly BusEvent[];
  readonly problems: readonly IntakeProblem[];
  /** Messages over the limit: then the whole request is refused, as Segment does. */
  readonly oversized: boolean;
}

export interface Sent {
  readonly message: unknown;
  /** "batch.3"; nothing when the request is the message. */
  readonly place: string;
}

/**
 * Looks at each message of a request. One without a messageId gets one (its repetition cannot be known then: libraries
 * always send one, curl does not).
 *
 * @param sentAt when the sender says it sent the request, by its own clock
 * @param now ISO 8601
 */
export function readMessages(sent: readonly Sent[], sentAt: unknown, now: string): ReadMessages {
  const events: BusEvent[] = [];
  const problems: IntakeProblem[] = [];
  let oversized = false;
  for (const { message, place } of sent) {
    const json = JSON.stringify(shallow(message)) ?? '';
    const bytes = Buffer.byteLength(json);
    const detail = isObject(message) ? { messageId: randomUUID(), ...onOurClock(message, sentAt, now) } : message;
    const tooLarge = bytes > MAX_SENT_BYTES;
    oversized ||= tooLarge;
    const parsed = tooLarge
      ? { ok: false as const, diagnostics: [overLimit(bytes)] }
      : parseEvent(detail, { time: now }, now);
    if (parsed.ok) {
      events.push({ source: 'intake', detailType: parsed.event.type, detail });
      continue;
    }
    const { diagnostics } = parsed;
    const kept = tooLarge ? json.slice(0, MAX_SENT_BYTES / 4) : shallow(detail);
    events.push({ ...REFUSED, detail: { message: kept, diagnostics } });
    problems.push(
      ...diagnostics.map((one) => ({ ...one, field: [place, one.field].filter(Boolean).join('.') || 'body' })),
    );
  }
  return { events, problems, oversized };
}

/** Clocks that agree so far are left alone: then a message sent again has the very time it had before. */
const TOLERANCE_MS = 60_000;

/**
 * Segment's correction for a device whose clock is wrong (segment.com/docs/connections/spec/common, "Timestamps"): what
 * it says is the original time, and the time is moved by how far its `sentAt` is from our clock.
 */
function onOurClock(message: Record<string, unknown>, sentAt: unknown, now: string): Record<string, unknown> {
  const { timestamp, originalTimestamp } = message;
  if (timestamp != null && originalTimestamp != null) return message;
  const own = originalTimestamp ?? timestamp;
  const ahead = Date.parse(String(message['sentAt'] ?? sentAt)) - Date.parse(now);
  const at = Date.parse(String(own));
  if (typeof own !== 'string' || Number.isNaN(ahead) || Number.isNaN(at) || Math.abs(ahead) < TOLERANCE_MS)
    return message;
  const moved = new Date(at - ahead);
  // A time that nobody can mean stays as it was said.
  if (!(moved.getUTCFullYear() >= 1 && moved.getUTCFullYear() <= 9999)) return message;
  return { ...message, originalTimestamp: own, timestamp: moved.toISOString() };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const overLimit = (bytes: number): Diagnostic => ({
  code: 'event-over-limit',
  severity: 'error',
  message: {
    zh: `这条消息有 ${bytes} 字节，HTTP 接口每条最多 ${MAX_SENT_BYTES} 字节。`,
    en: `The message has ${bytes} bytes; over HTTP a message may have ${MAX_SENT_BYTES}.`,
  },
  next: {
    zh: '把大的内容存到别处，消息里只放它的地址；或用 PutEvents 直接发到总线（每条 200 KB）。',
    en: 'Store large content elsewhere and send its address, or put it on the bus yourself (200 KB a message).',
  },
});
