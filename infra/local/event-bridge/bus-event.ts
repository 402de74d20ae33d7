import { randomUUID } from 'node:crypto';
import type { LocalAws } from '../arns.ts';

/** An event as it is matched and delivered. `text` is its JSON with the detail exactly as it was put. */
export interface BusEvent {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly envelope: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Makes an event. `detailText` is its detail as it was put, when it was put as text. */
export function busEvent(
  aws: LocalAws,
  given: {
    readonly bus: string;
    readonly source: string;
    readonly detailType: string;
    readonly detail: unknown;
    readonly detailText?: string;
    readonly resources?: readonly unknown[];
    /** ms */
    readonly time: number;
  },
): BusEvent {
  const head = {
    version: '0',
    id: randomUUID(),
    'detail-type': given.detailType,
    source: given.source,
    account: aws.account,
    time: wholeSeconds(given.time),
    region: aws.region,
    resources: given.resources ?? [],
  };
  const detail = given.detailText ?? JSON.stringify(given.detail);
  return {
    id: head.id,
    bus: given.bus,
    source: given.source,
    envelope: { ...head, detail: given.detail },
    text: `${JSON.stringify(head).slice(0, -1)},"detail":${detail}}`,
  };
}

/** An event that comes from its JSON: kept in an archive, or sent on by another bus. */
export function eventFrom(bus: string, text: string): BusEvent {
  const envelope = JSON.parse(text) as Record<string, unknown>;
  return { id: String(envelope['id']), bus, source: String(envelope['source']), envelope, text };
}

/** AWS writes the time of an event in whole seconds. */
const wholeSeconds = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
