import type { LocalAws } from '../arns.ts';
import type { Body } from '../endpoint/service.ts';
import { type BusEvent, busEvent } from './bus-event.ts';
import { busName, validation, violates } from './members.ts';

/** Why one entry of a call was not taken. */
export type Refusal = { readonly ErrorCode: string; readonly ErrorMessage: string };

/** AWS raised the limit of one call from 256 KB to 1 MB in January 2026. */
const MAX_BYTES = 1024 * 1024;
const MOST = 10;

/** The events of one PutEvents call, each good or refused by itself. Throws AwsError when the whole call is refused. */
export function readEntries(entries: unknown, aws: LocalAws, now: number): (BusEvent | Refusal)[] {
  if (entries === undefined || entries === null) throw violates(undefined, 'entries', 'Member must not be null');
  if (!Array.isArray(entries)) throw validation('Entries must be a list');
  if (entries.length < 1) throw violates('[]', 'entries', 'Member must have length greater than or equal to 1');
  const list = entries as Body[];
  if (list.length > MOST)
    throw violates(
      `[${list.map(spelled).join(', ')}]`,
      'entries',
      `Member must have length less than or equal to ${MOST}`,
    );
  if (list.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_BYTES)
    throw validation('Total size of the entries in the request is over the limit.');
  return list.map((entry) => read(entry, aws, now));
}

/** As AWS's validation spells an entry. */
function spelled(entry: Body): string {
  const of = (member: string) => {
    const value = entry[member];
    return value === undefined || value === null
      ? 'null'
      : Array.isArray(value)
        ? `[${value.join(', ')}]`
        : String(value);
  };
  return `PutEventsRequestEntry(time=${of('Time')}, source=${of('Source')}, resources=${of('Resources')}, detailType=${of('DetailType')}, detail=${of('Detail')}, eventBusName=${of('EventBusName')}, traceHeader=${of('TraceHeader')}, kmsKeyIdentifier=null, internalMetadata=null)`;
}

/** As AWS counts: 14 bytes for a time, and the UTF-8 bytes of source, detail type, detail and resources. */
function sizeOf(entry: Body): number {
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

function read(entry: Body, aws: LocalAws, now: number): BusEvent | Refusal {
  for (const member of ['Source', 'DetailType', 'Detail']) {
    if (typeof entry[member] !== 'string' || entry[member] === '')
      return refused('InvalidArgument', `Parameter ${member} is not valid. Reason: ${member} is a required argument.`);
  }
  const { Source, DetailType, Detail } = entry as { Source: string; DetailType: string; Detail: string };
  if (Source.startsWith('aws.')) return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parsed(Detail);
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail))
    return refused('MalformedDetail', 'Detail is malformed.');
  return busEvent(aws, {
    bus: busName(entry['EventBusName']),
    source: Source,
    detailType: DetailType,
    detail,
    detailText: Detail,
    resources: Array.isArray(entry['Resources']) ? (entry['Resources'] as unknown[]) : [],
    time: timeOf(entry['Time'], now),
  });
}

const refused = (ErrorCode: string, ErrorMessage: string): Refusal => ({ ErrorCode, ErrorMessage });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function timeOf(time: unknown, now: number): number {
  const ms = typeof time === 'number' ? time * 1000 : typeof time === 'string' ? Date.parse(time) : now;
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? ms : now;
}
