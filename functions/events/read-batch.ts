import type { SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import { type Join, readEnvelope } from '../../shared/events/index.ts';
import type { Ruleset } from '../../shared/tags/index.ts';
import { problemsByHand } from '../http/tags-by-hand.ts';
import { failedItem } from '../pipeline.ts';
import type { Incoming, RejectedEvent } from '../ports/profiles/index.ts';

/** The EventBridge envelope, as a rule hands it to a queue. */
const envelopeSchema = z.object({
  // Part of a key.
  id: z.string().min(1).max(200),
  source: z.string(),
  'detail-type': z.string(),
  time: z.string(),
  detail: z.unknown(),
});

export interface Accepted extends Incoming {
  /** The queue's id of the message it came in. */
  readonly message: string;
  /** The other id that it says is hers. */
  readonly joins?: Join;
  /** As what it is kept when it turns out that it cannot be done. */
  readonly refused: (diagnostics: readonly Diagnostic[]) => RejectedEvent;
}

/**
 * Parses a batch at the edge; nothing is lost: what cannot be understood comes back with the reason. `failed`: messages
 * that we could not even look at, by a mistake of ours; they fail alone.
 */
export function readBatch(
  records: readonly SQSRecord[],
  now: string,
  ruleset: Ruleset,
): { accepted: Accepted[]; rejected: RejectedEvent[]; failed: string[] } {
  const all: Read = { accepted: [], rejected: [] };
  const failed: string[] = [];
  for (const record of records) {
    try {
      const { accepted, rejected } = readRecord(record, now, ruleset);
      all.accepted.push(...accepted);
      all.rejected.push(...rejected);
    } catch (error) {
      failedItem('read-failed', record.messageId, error);
      failed.push(record.messageId);
    }
  }
  return { ...all, failed };
}

interface Read {
  readonly accepted: Accepted[];
  readonly rejected: RejectedEvent[];
}

function readRecord(record: SQSRecord, now: string, ruleset: Ruleset): Read {
  const envelope = envelopeSchema.safeParse(json(record.body));
  if (!envelope.success) {
    const unknown = { at: now, envelope: record.messageId, source: '', detailType: '', detail: record.body };
    return { accepted: [], rejected: [{ ...unknown, diagnostics: [NOT_AN_ENVELOPE] }] };
  }
  const { id, source, time, detail, 'detail-type': detailType } = envelope.data;
  const read = readEnvelope({ id, source, time, detail, detailType }, now);
  const wrong = read.ok ? read.events.flatMap(({ tags }) => wrongTags(tags ?? [], ruleset)) : read.diagnostics;
  const kept = read.ok ? detail : read.detail;
  const at = Date.parse(time) >= 0 && Date.parse(time) <= Date.parse(now) ? new Date(time).toISOString() : now;
  const refused = (diagnostics: readonly Diagnostic[]): RejectedEvent => ({
    at,
    envelope: id,
    ...messageIdOf(kept),
    source,
    detailType,
    detail: kept,
    diagnostics,
  });
  return read.ok && wrong.length === 0
    ? { accepted: read.events.map((event) => ({ ...event, message: record.messageId, refused })), rejected: [] }
    : { accepted: [], rejected: [refused(wrong)] };
}

/** Tags by hand are held to what the Console holds them to. */
const wrongTags = (add: readonly string[], ruleset: Ruleset): Diagnostic[] =>
  problemsByHand({ add, remove: [] }, {}, ruleset).map((one) => ({ ...one, field: `tags.${one.field}` }));

function messageIdOf(detail: unknown): { id?: string } {
  const id = (detail as { messageId?: unknown } | null)?.messageId;
  return typeof id === 'string' ? { id } : {};
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The queue holds something that is not a bus event. */
const NOT_AN_ENVELOPE: Diagnostic = {
  code: 'event-no-envelope',
  severity: 'error',
  message: { zh: '队列里的这条消息不是总线事件。', en: 'This message in the queue is not a bus event.' },
  next: { zh: '请把事件发到总线上，不要直接写入队列。', en: 'Put events on the bus instead of writing to the queue.' },
};
