import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { environment } from '../environment.ts';
import { LEAN, lean } from '../sdk/index.ts';

let client: EventBridgeClient | undefined;
export function bus(): EventBridgeClient {
  client ??= lean(new EventBridgeClient(LEAN));
  return client;
}

export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  /** ISO 8601; when it happened. */
  readonly time?: string;
}

const PER_CALL = 10;
/** Of one call; AWS takes a megabyte since January 2026, and says 256 KB in older Regions' pages. */
const BYTES_PER_CALL = 250_000;
const AT_ONCE = 4;
const ATTEMPTS = 5;

/**
 * Puts events on our bus, ten a call, a few calls at once. PutEvents succeeds entry by entry: those refused are tried
 * again, and if some are still refused it throws (consumers must expect repetitions, as with any bus).
 */
export async function putEvents(events: readonly BusEvent[]): Promise<void> {
  const calls = callsOf(events.map(entry));
  for (let i = 0; i < calls.length; i += AT_ONCE) await Promise.all(calls.slice(i, i + AT_ONCE).map(putCall));
}

function callsOf(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const calls: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const one of entries) {
    const size = Buffer.byteLength(one.Detail!) + Buffer.byteLength(`${one.Source}${one.DetailType}`) + 14;
    const last = calls.at(-1);
    if (last === undefined || last.length === PER_CALL || bytes + size > BYTES_PER_CALL) {
      calls.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return calls;
}

async function putCall(entries: PutEventsRequestEntry[]): Promise<void> {
  let left = entries;
  for (let attempt = 1; ; attempt++) {
    const answer = await bus().send(new PutEventsCommand({ Entries: left }));
    if ((answer.FailedEntryCount ?? 0) === 0) return;
    left = left.filter((_, index) => answer.Entries?.[index]?.ErrorCode !== undefined);
    if (attempt >= ATTEMPTS)
      throw new BusRefused(left.length, answer.Entries?.find(({ ErrorCode }) => ErrorCode)?.ErrorCode);
    await pause(50 * 2 ** attempt);
  }
}

const entry = ({ source, detailType, detail, time }: BusEvent): PutEventsRequestEntry => ({
  EventBusName: environment('BUS_NAME'),
  Source: source,
  DetailType: detailType,
  Detail: JSON.stringify(detail),
  ...(time === undefined ? {} : { Time: new Date(time) }),
});

export class BusRefused extends Error {
  readonly code = 'bus-refused';
  constructor(count: number, why: string | undefined) {
    super(`The bus refused ${count} events: ${why}`);
    this.name = 'BusRefused';
  }
}
