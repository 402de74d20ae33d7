/**
 * The events of one step as one text, for a row of the file. Writing is most of what a step costs, so what can be found
 * again is left out: the moment and the numbers (one moment a step, one number after the other), the name of an event's
 * details where it follows from its type, `{"truncated":false}`, and a payload that is the one before it (the output of
 * a state and the input of the next).
 *
 * The text is one flat JSON array: moment, first number, then of each event: type, how far back it points, the name of
 * its details (1: the usual one; 0: it has none), how many members they have, and these: name, value, name, value, …
 * A name that ends in `+` is followed by its `…Details` with nothing truncated; one that ends in `=` has the value of
 * the last such member besides.
 */
import type { HistoryEvent } from '../../../shared/asl/index.ts';

/** Steps whose events are not of one moment and of numbers in a row are kept as they are. */
export function packEvents(events: readonly HistoryEvent[]): string {
  const [head] = events;
  if (!head) return '[]';
  const { timestamp, id: first } = head;
  const packed: unknown[] = [timestamp, first];
  let last: unknown;
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as HistoryEvent;
    if (event.timestamp !== timestamp || event.id !== first + i) return JSON.stringify(events);
    const name = detailsOf(event);
    packed.push(event.type, event.id - event.previousEventId);
    if (name === undefined) {
      packed.push(0, 0);
      continue;
    }
    const details = event[name as 'xEventDetails'] as Record<string, unknown>;
    packed.push(name === usualName(event.type) ? 1 : name, 0);
    const count = packed.length - 1;
    let members = 0;
    let previous = '';
    for (const member in details) {
      const value = details[member];
      if (value === undefined) continue;
      if (followsOn(member, previous) && isNotTruncated(value)) {
        const at = packed.length - 2;
        if (packed[at + 1] === last) {
          packed[at] = `${previous}=`;
          packed[at + 1] = 0;
        } else {
          packed[at] = `${previous}+`;
          last = packed[at + 1];
        }
        previous = '';
        continue;
      }
      packed.push(member, value);
      members++;
      previous = member;
    }
    packed[count] = members;
  }
  return JSON.stringify(packed);
}

/** What packEvents has packed (or an older file holds: the events themselves). */
export function unpackEvents(text: string): HistoryEvent[] {
  const packed = JSON.parse(text) as unknown[];
  if (typeof packed[0] !== 'number') return packed as HistoryEvent[];
  const timestamp = packed[0];
  const events: HistoryEvent[] = [];
  let id = packed[1] as number;
  let last: unknown;
  for (let at = 2; at < packed.length; id++) {
    const type = packed[at++] as string;
    const previousEventId = id - (packed[at++] as number);
    const name = packed[at++] as string | number;
    let members = packed[at++] as number;
    const event: Record<string, unknown> = { timestamp, type, id, previousEventId };
    if (name !== 0) {
      const details: Record<string, unknown> = {};
      for (; members > 0; members--) {
        const member = packed[at++] as string;
        const value = packed[at++];
        const mark = member.at(-1);
        if (mark !== '+' && mark !== '=') details[member] = value;
        else {
          if (mark === '+') last = value;
          details[member.slice(0, -1)] = last;
          details[`${member.slice(0, -1)}Details`] = { truncated: false };
        }
      }
      event[name === 1 ? usualName(type) : (name as string)] = details;
    }
    events.push(event as unknown as HistoryEvent);
  }
  return events;
}

function detailsOf(event: HistoryEvent): string | undefined {
  for (const member in event) if (member.endsWith('EventDetails')) return member;
  return undefined;
}

const usual = new Map<string, string>();

/** TaskScheduled → taskScheduledEventDetails; of all kinds of states PassStateEntered → stateEnteredEventDetails. */
function usualName(type: string): string {
  let name = usual.get(type);
  if (!name) {
    const stem = /State(?:Entered|Exited)$/.exec(type)?.[0] ?? type;
    name = `${stem[0]?.toLowerCase()}${stem.slice(1)}EventDetails`;
    usual.set(type, name);
  }
  return name;
}

function isNotTruncated(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { truncated?: unknown }).truncated === false &&
    Object.keys(value).length === 1
  );
}

function followsOn(member: string, previous: string): boolean {
  return previous !== '' && member.length === previous.length + 7 && member === `${previous}Details`;
}
