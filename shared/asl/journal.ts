/**
 * What one step has written into a history, kept as it was told and put into AWS's shape when somebody reads it: most of
 * what an event costs is its objects and the JSON texts of what it shows, and few histories are read.
 *
 * A value told here must not be changed before it is read; the interpreter never changes a value that an execution has.
 */
import type { Json } from './json.ts';
import type { ExecutionState, HistoryEvent } from './types.ts';

type Details = Record<string, unknown>;

/** A kind of event, and how its details (which not every kind has) are made of what was told of it. */
export interface EventForm<A = undefined, B = undefined> {
  readonly type: string;
  readonly name?: `${string}EventDetails`;
  details?(a: A, b: B, text: (value: Json) => string): Details;
}

export const NOT_TRUNCATED = { truncated: false } as const;

/** An event whose details are there already. */
export function told(type: string, details: Details): EventForm {
  return { type, name: `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`, details: () => details };
}

/** Chained: a list would take more room than the one or two events of most steps. */
interface Entry {
  readonly form: EventForm<unknown, unknown>;
  readonly previous: number;
  readonly a: unknown;
  readonly b: unknown;
  next: Entry | undefined;
}

/** The last text that was made, and of which execution: one state's output is the next one's input. */
const recent: { of: ExecutionState | undefined; value: Json | undefined; text: string } = {
  of: undefined,
  value: undefined,
  text: '',
};

function textOf(value: Json): string {
  if (value !== recent.value) {
    recent.text = JSON.stringify(value);
    recent.value = value;
  }
  return recent.text;
}

export class Journal {
  readonly now: number;
  /** The number of the first event, and how many there are. */
  first = 0;
  length = 0;
  private readonly of: ExecutionState;
  private head: Entry | undefined;
  private tail: Entry | undefined;
  private made: HistoryEvent[] | undefined;

  constructor(of: ExecutionState, now: number) {
    this.of = of;
    this.now = now;
    this.head = undefined;
    this.tail = undefined;
    this.made = undefined;
  }

  /** `id`: one more than that of the event before. */
  add<A, B>(id: number, form: EventForm<A, B>, previous: number, a: A, b: B): void {
    const entry: Entry = { form: form as EventForm<unknown, unknown>, previous, a, b, next: undefined };
    if (this.tail === undefined) {
      this.first = id;
      this.head = entry;
    } else this.tail.next = entry;
    this.tail = entry;
    this.length++;
  }

  /** The events as AWS shapes them. */
  get events(): HistoryEvent[] {
    if (this.made?.length !== this.length) this.made = this.make();
    return this.made as HistoryEvent[];
  }

  private make(): HistoryEvent[] {
    if (recent.of !== this.of) {
      recent.of = this.of;
      recent.value = undefined;
    }
    const events: HistoryEvent[] = [];
    let id = this.first;
    for (let entry = this.head; entry; entry = entry.next) {
      const { form, previous, a, b } = entry;
      const event: HistoryEvent = { timestamp: this.now, type: form.type, id: id++, previousEventId: previous };
      if (form.name && form.details) event[form.name] = form.details(a, b, textOf);
      events.push(event);
    }
    return events;
  }
}
