/**
 * What advance() remembers of a customer, and how it is kept both current and revisable.
 *
 *   base ──(events still open, in the order of (time, id))──▶ head
 *
 * The head is what everybody sees. The base is the head without the events that are still open, those of the lateness
 * window. It is not kept a second time: `undo` holds the old value of everything that changed since, so that on the
 * usual way (an event later than all others) the head alone is touched, and for a late event the head is rewound to the
 * base and the open events are folded again with the late one in its place. When all is older than the window, `open`
 * and `undo` are forgotten, and head and base are one.
 */
import type { TagHeld } from './profile.ts';

/** An event still open: only what the rules read of it. */
export interface OpenEvent {
  readonly at: number;
  readonly id: string;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
}

/** Somebody set or took a tag. */
export interface OpenManual {
  readonly at: number;
  readonly op: 'add' | 'remove';
  readonly key: string;
  readonly by: 'manual' | 'journey';
  readonly ref: string;
  readonly depth?: number;
}

/** From here on another ruleset was in force. */
export interface OpenRules {
  readonly at: number;
  readonly rules: number;
}

export type Open = OpenEvent | OpenManual | OpenRules;

/** What a tag remembers besides being held. */
export interface Mark {
  /** A sticky tag was true. */
  readonly s?: 1;
  /** Set by hand or by a journey: who. */
  readonly m?: string;
  /** Tags with a time to live: when last confirmed (ms), and whether the rule holds. */
  readonly c?: number;
  readonly r?: 1;
}

export interface Sections {
  /** Memories of the rules' leaves by id; of families by `id|value`, and their values by `#unit`. */
  readonly mem: Readonly<Record<string, unknown>>;
  /** By tag key. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** By unit index, of families by `index|value`: when time changes it next, ms. */
  readonly due: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, TagHeld>>;
  readonly traits: Readonly<Record<string, unknown>>;
}

export type SectionName = keyof Sections;
export const SECTIONS: readonly SectionName[] = ['mem', 'marks', 'due', 'tags', 'traits'];

/** Old values by section and key; null where there was none. */
export interface Undo {
  /** The last instant folded into the base; absent when nothing was. */
  readonly last?: number;
  readonly old: { readonly [S in SectionName]?: Readonly<Record<string, unknown>> };
}

export interface Memory {
  /** Version of the ruleset behind it; absent until the first evaluation. */
  readonly rules?: number;
  /** The last instant at which anything was processed, ms. */
  readonly last?: number;
  readonly mem: Sections['mem'];
  readonly marks: Sections['marks'];
  readonly due: Sections['due'];
  /** When the last event came in (not: happened), ms; only while something is open. */
  readonly arrived?: number;
  readonly open: readonly Open[];
  readonly undo?: Undo;
}

export const EMPTY_MEMORY: Memory = { mem: {}, marks: {}, due: {}, open: [] };

const rank = (entry: Open): number => ('id' in entry ? 0 : 'key' in entry ? 1 : 2);

/** The one order in which open entries are folded: by time; at one instant events by id, then tags set, then rules. */
export function openOrder(a: Open, b: Open): number {
  if (a.at !== b.at) return a.at - b.at;
  if ('id' in a && 'id' in b) return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return rank(a) - rank(b);
}
