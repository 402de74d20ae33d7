import type { Book, Pen } from '../rules/index.ts';
import { lengthened, shortened } from './uuid.ts';

/** The times and texts of a record, each once; `k` are times, ms, each as the difference to the one before it. */
export interface Tables {
  readonly k: string;
  readonly s: readonly string[];
}

/** Writes each time and text once and gives its number, counted from 0 in the order of coming. */
export class Writer implements Pen {
  private readonly times = new Map<number, number>();
  private readonly texts = new Map<string, number>();

  readonly time = (ms: number): number => numbered(this.times, ms);
  readonly text = (text: string): number => numbered(this.texts, text);

  tables(): Tables {
    let before = 0;
    const k: string[] = [];
    for (const ms of this.times.keys()) {
      k.push((ms - before).toString(36));
      before = ms;
    }
    return { k: k.join(), s: [...this.texts.keys()].map(shortened) };
  }
}

function numbered<T>(known: Map<T, number>, item: T): number {
  const number = known.get(item);
  if (number !== undefined) return number;
  known.set(item, known.size);
  return known.size - 1;
}

export class Reader implements Book {
  private readonly times: number[] = [];
  private readonly texts: readonly string[];

  constructor({ k, s }: Tables) {
    let before = 0;
    for (const difference of k === '' ? [] : k.split(',')) {
      before += Number.parseInt(difference, 36);
      this.times.push(before);
    }
    this.texts = s.map(lengthened);
  }

  readonly time = (ref: number): number => this.times[ref] as number;
  readonly text = (ref: number): string => this.texts[ref] as string;
}
