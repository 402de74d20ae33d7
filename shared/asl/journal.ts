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
  details?(a: A, b: B, text: (value: Json) => string, execution: ExecutionState): Details;
}

export const NOT_TRUNCATED = { truncated: false } as const;

/** An event whose details are there already. */
export function told(type: string, details: Details): EventForm {
  return { type, name: `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`, details: () => details };
}

/** Chained, the newest first: a list would take more room than the one or two events of most steps. */
interface Entry {
  readonly form: EventForm<unknown, unknown>;
  readonly previous: number;
  readonly a: unknown;
  readonly b: unknown;
  readonly before: Entry | undefined;
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

/** Members of what every step makes are declared, not defined: a definition sets them once more, to undefined. */
export class Journal {
  /** Whose history it is, and the moment of all that is written. */
  declare readonly state: ExecutionState;
  declare readonly now: number;
  /** The number of the first event. */
  declare first: number;
  private declare newest: Entry | undefined;
  private declare made: HistoryEvent[] | undefined;

  constructor(state: ExecutionState, now: number) {
    this.state = state;
    this.now = now;
    this.first = 0;
    this.newest = undefined;
    this.made = undefined;
  }

  /** `id`: one more than that of the event before. */
  add<A, B>(id: number, form: EventForm<A, B>, previous: number, a: A, b: B): void {
    const before = this.newest;
    if (before === undefined) this.first = id;
    else this.made = undefined;
    this.newest = { form: form as EventForm<unknown, unknown>, previous, a, b, before };
  }

  /** What was written, as AWS shapes it; made when first looked at, which must be before any value in it is changed. */
  get events(): HistoryEvent[] {
    this.made ??= this.make();
    return this.made;
  }

  private make(): HistoryEvent[] {
    if (recent.of !== this.state) {
      recent.of = this.state;
      recent.value = undefined;
    }
    const entries: Entry[] = [];
    for (let entry = this.newest; entry; entry = entry.before) entries.push(entry);
    return entries.reverse().map(({ form, previous, a, b }, i) => {
      const event: HistoryEvent = {
        timestamp: this.now,
        type: form.type,
        id: this.first + i,
        previousEventId: previous,
      };
      if (form.name && form.details) event[form.name] = form.details(a, b, textOf, this.state);
      return event;
    });
  }
}
