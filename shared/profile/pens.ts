import type { Book, Pen } from '../rules/index.ts';
import { longUuid, parseTimedId, SHORT_LENGTH, shortUuid, timedId } from './uuid.ts';

/** A part of an event, as it came: repeated by most events of a visit. */
export type Part = Readonly<Record<string, unknown>>;

/** What recurs all over a record, each once. */
export interface Tables {
  /** Times, ms: the first one, and of the others how long before it. The latest comes first, so few are negative. */
  readonly k: string;
  /** UUIDs, shortened, one after the other. */
  readonly i?: string;
  /**
   * Of those UUIDs that end an id with a time in it: by how the id begins, for each UUID in turn the time (base 36, as it
   * differs from the one before), empty for those that are of no such id. Without what is empty at the end.
   */
  readonly u?: Readonly<Record<string, string>>;
  /** Other texts. */
  readonly s?: readonly string[];
  readonly p?: readonly Part[];
}

/** Writes everything once and gives its number, in the order of coming: from 0 up, texts that are no UUIDs from -1 down. */
export class Writer implements Pen {
  private readonly times = new Map<number, number>();
  private readonly texts = new Map<string, number>();
  /** By their JSON. */
  private readonly parts = new Map<string, number>();
  private readonly tableOfParts: Part[] = [];
  private readonly others: string[] = [];
  private uuids = '';
  /** By how the ids begin, the times by number of UUID. */
  private readonly heads = new Map<string, number[]>();

  readonly time = (ms: number): number => numbered(this.times, ms);

  readonly text = (text: string): number => {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const timed = parseTimedId(text);
    const short = shortUuid(timed?.uuid ?? text);
    const number = short === undefined ? -this.others.push(text) : this.uuids.length / SHORT_LENGTH;
    if (short !== undefined) this.uuids += short;
    if (timed !== undefined) {
      const times = this.heads.get(timed.head) ?? [];
      times[number] = timed.ms;
      this.heads.set(timed.head, times);
    }
    this.texts.set(text, number);
    return number;
  };

  part(part: Part): number {
    const number = numbered(this.parts, JSON.stringify(part));
    this.tableOfParts[number] = part;
    return number;
  }

  tables(): Tables {
    let first: number | undefined;
    const k: string[] = [];
    for (const ms of this.times.keys()) {
      k.push((first === undefined ? ms : first - ms).toString(36));
      first ??= ms;
    }
    return {
      k: k.join(),
      ...(this.uuids === '' ? {} : { i: this.uuids }),
      ...(this.heads.size === 0
        ? {}
        : { u: Object.fromEntries([...this.heads].map(([head, ms]) => [head, steps(ms)])) }),
      ...(this.others.length > 0 ? { s: this.others } : {}),
      ...(this.tableOfParts.length > 0 ? { p: this.tableOfParts } : {}),
    };
  }
}

/** Each as it differs from the one before; what is left out is empty. */
function steps(times: readonly number[]): string {
  let before = 0;
  return Array.from(times, (ms) => {
    if (ms === undefined) return '';
    const step = (ms - before).toString(36);
    before = ms;
    return step;
  }).join();
}

function numbered<T>(known: Map<T, number>, item: T): number {
  const number = known.get(item);
  if (number !== undefined) return number;
  known.set(item, known.size);
  return known.size - 1;
}

export class Reader implements Book {
  private readonly times: number[] = [];
  private readonly uuids: string[] = [];
  private readonly others: readonly string[];
  private readonly parts: readonly Part[];

  constructor({ k, i = '', u = {}, s = [], p = [] }: Tables) {
    for (const text of k === '' ? [] : k.split(',')) {
      const first = this.times[0];
      const ms = Number.parseInt(text, 36);
      this.times.push(first === undefined ? ms : first - ms);
    }
    for (let from = 0; from < i.length; from += SHORT_LENGTH)
      this.uuids.push(longUuid(i.slice(from, from + SHORT_LENGTH)));
    for (const head in u) {
      let ms = 0;
      for (const [number, step] of (u[head] as string).split(',').entries()) {
        if (step === '') continue;
        ms += Number.parseInt(step, 36);
        this.uuids[number] = timedId({ head, ms, uuid: this.uuids[number] as string });
      }
    }
    this.others = s;
    this.parts = p;
  }

  readonly time = (ref: number): number => this.times[ref] as number;
  readonly text = (ref: number): string => (ref < 0 ? this.others[-ref - 1] : this.uuids[ref]) as string;
  readonly part = (ref: number): Part => this.parts[ref] as Part;
}
