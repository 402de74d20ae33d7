import type { Diagnostic } from '../diagnostics.ts';
import { shallow } from '../json-bounds.ts';
import type { BusEnvelope } from './adapters/adapter.ts';
import { adapterFor } from './adapters/index.ts';
import type { CustomerEvent } from './event.ts';
import type { Join } from './join.ts';
import { parseEvent } from './parse-event.ts';

/** An event whose time is not its own is known by its id alone: a repetition may carry another time. */
export interface ReadEvent {
  readonly event: CustomerEvent;
  readonly borrowedTime: boolean;
  /** It names her by a userId. */
  readonly named: boolean;
  /** The other id that it says is hers, too. */
  readonly joins?: Join;
  /** Tags that come with it, given by hand. */
  readonly tags?: readonly string[];
}

export type ReadEnvelope =
  | { readonly ok: true; readonly events: readonly ReadEvent[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly detail: unknown };

/**
 * What a bus event says, in whatever form it came: a message of the Segment spec, or what a vendor sends, by way of its
 * adapter. One envelope may hold several messages (a GA4 request): all of them are good, or none is taken.
 *
 * @param now ISO 8601
 */
export function readEnvelope(envelope: BusEnvelope, now: string): ReadEnvelope {
  const { time, detail, detailType } = envelope;
  const kept = shallow(detail);
  // parseEvent() says so; no adapter shall have to bear it.
  if (kept !== detail) return read([detail], { time }, now, kept);
  const adapter = adapterFor(envelope);
  if (adapter === undefined) return read([detail], { time, type: detailType }, now, detail);
  const translated = adapter.translate(envelope);
  if (!translated.ok) return { ok: false, diagnostics: translated.diagnostics, detail: translated.detail ?? detail };
  const { messages, tags } = translated;
  const found = read(messages, { time }, now, detail);
  return found.ok && tags !== undefined ? { ok: true, events: found.events.map((one) => ({ ...one, tags })) } : found;
}

function read(
  messages: readonly unknown[],
  envelope: { time: string; type?: string },
  now: string,
  detail: unknown,
): ReadEnvelope {
  const events: ReadEvent[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, message] of messages.entries()) {
    const parsed = parseEvent(message, envelope, now);
    if (parsed.ok) {
      const { event, joins } = parsed;
      const named = Boolean((message as { userId?: unknown }).userId);
      events.push({ event, borrowedTime: borrowed(message, event), named, ...(joins && { joins }) });
    } else diagnostics.push(...(messages.length === 1 ? parsed.diagnostics : parsed.diagnostics.map(placed(index))));
  }
  return diagnostics.length === 0 ? { ok: true, events } : { ok: false, diagnostics, detail };
}

const placed =
  (index: number) =>
  (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    field: [`messages.${index}`, diagnostic.field].filter(Boolean).join('.'),
  });

/**
 * True when a repetition may carry another time: its sender wrote none, we did not believe it, or `timestamp` was
 * computed on the way from `originalTimestamp` (as Segment and RudderStack do, anew at each retry). Both times may agree
 * in one delivery and not in the next, so that there are two is enough.
 */
function borrowed(message: unknown, event: CustomerEvent): boolean {
  const { timestamp, originalTimestamp } = message as { timestamp?: string | null; originalTimestamp?: string | null };
  if (timestamp != null && originalTimestamp != null) return true;
  const own = timestamp ?? originalTimestamp;
  return own == null || Date.parse(own) !== Date.parse(event.at);
}
