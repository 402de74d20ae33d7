import { randomUUID } from 'node:crypto';
import type { Arns } from '../arns.ts';
import { validation, violates } from './validation.ts';

/** An event as it is matched and delivered. `text` is its JSON with the detail exactly as it was put. */
export interface BusEvent {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly envelope: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export type Refusal = { readonly ErrorCode: string; readonly ErrorMessage: string };

/** AWS raised the limit of one call from 256 KB to 1 MB in January 2026. */
const MAX_BYTES = 1024 * 1024;

/** The events of one PutEvents call, each good or refused by itself. Throws AwsError when the whole call is refused. */
export function readEntries(entries: unknown, arns: Arns, now: number): (BusEvent | Refusal)[] {
  if (entries === undefined || entries === null) throw violates(undefined, 'entries', 'Member must not be null');
  if (!Array.isArray(entries)) throw validation('Entries must be a list');
  if (entries.length < 1) throw violates(entries, 'entries', 'Member must have length greater than or equal to 1');
  if (entries.length > 10) throw violates(entries, 'entries', 'Member must have length less than or equal to 10');
  const list = entries as Record<string, unknown>[];
  if (list.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_BYTES)
    throw validation('Total size of the entries in the request is over the limit.');
  return list.map((entry) => read(entry, arns, now));
}

/** As AWS counts: 14 bytes for a time, and the UTF-8 bytes of source, detail type, detail and resources. */
function sizeOf(entry: Record<string, unknown>): number {
  const bytes = (value: unknown) => (typeof value === 'string' ? Buffer.byteLength(value) : 0);
  const resources = Array.isArray(entry['Resources']) ? (entry['Resources'] as unknown[]) : [];
  return (
    (entry['Time'] === undefined ? 0 : 14) +
    bytes(entry['Source']) +
    bytes(entry['DetailType']) +
    bytes(entry['Detail']) +
    resources.reduce<number>((sum, resource) => sum + bytes(resource), 0)
  );
}

function read(entry: Record<string, unknown>, arns: Arns, now: number): BusEvent | Refusal {
  for (const member of ['Source', 'DetailType', 'Detail']) {
    if (typeof entry[member] !== 'string' || entry[member] === '')
      return refused('InvalidArgument', `Parameter ${member} is not valid. Reason: ${member} is a required argument.`);
  }
  const { Source, DetailType, Detail } = entry as { Source: string; DetailType: string; Detail: string };
  if (Source.startsWith('aws.')) return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  let detail: unknown;
  try {
    detail = JSON.parse(Detail);
  } catch {
    return refused('MalformedDetail', 'Detail is malformed.');
  }
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail))
    return refused('MalformedDetail', 'Detail is malformed.');
  const head = {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: arns.aws.account,
    time: timeOf(entry['Time'], now),
    region: arns.aws.region,
    resources: Array.isArray(entry['Resources']) ? (entry['Resources'] as unknown[]) : [],
  };
  return {
    id: head.id,
    bus: busName(entry['EventBusName']),
    source: Source,
    envelope: { ...head, detail },
    text: `${JSON.stringify(head).slice(0, -1)},"detail":${Detail}}`,
  };
}

const refused = (ErrorCode: string, ErrorMessage: string): Refusal => ({ ErrorCode, ErrorMessage });

/** AWS writes the time of an event in whole seconds. */
function timeOf(time: unknown, now: number): string {
  const ms = typeof time === 'number' ? time * 1000 : typeof time === 'string' ? Date.parse(time) : now;
  const date = new Date(Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? ms : now);
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A bus may be given by name or ARN; none means the default bus. */
export function busName(nameOrArn: unknown): string {
  if (typeof nameOrArn !== 'string' || nameOrArn === '') return 'default';
  return /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
