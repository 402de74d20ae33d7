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
const ATTEMPTS = 5;

/**
 * Puts events on our bus, ten a call. PutEvents succeeds entry by entry: those refused are tried again, and if some are
 * still refused it throws (consumers must expect repetitions, as with any bus).
 */
export async function putEvents(events: readonly BusEvent[]): Promise<void> {
  for (let i = 0; i < events.length; i += PER_CALL) await putTen(events.slice(i, i + PER_CALL).map(entry));
}

async function putTen(entries: PutEventsRequestEntry[]): Promise<void> {
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
