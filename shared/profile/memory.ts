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

/** Empty and untouched places of the arrays below; memories are objects, so nothing is taken for one. */
export const UNTOUCHED = 0;
export const NO_DUE = 0;
export const UNTOUCHED_DUE = -1;

/** Old values of what changed since the base; in arrays UNTOUCHED places did not, and null means there was none. */
export interface Undo {
  /** The last instant folded into the base; absent when nothing was. */
  readonly last?: number;
  readonly mem?: readonly unknown[];
  readonly due?: readonly number[];
  readonly fam?: Readonly<Record<string, unknown>>;
  readonly famDue?: Readonly<Record<string, number | null>>;
  readonly marks?: Readonly<Record<string, Mark | null>>;
  readonly tags?: Readonly<Record<string, TagHeld | null>>;
  readonly traits?: Readonly<Record<string, unknown>>;
}

export interface Memory {
  /** Version of the ruleset behind it; absent until the first evaluation. */
  readonly rules?: number;
  /** The last instant at which anything was processed, ms. */
  readonly last?: number;
  /** When the last event came in (not: happened), ms; only while something is open. */
  readonly arrived?: number;
  /** Ids of the leaves whose memories lie in `mem`, in that order: how a later ruleset finds what it can keep. */
  readonly layout: readonly string[];
  /** Memories of the rules' leaves; null where there is none. */
  readonly mem: readonly unknown[];
  /** When time changes a unit next, ms, by unit index; NO_DUE for never. */
  readonly due: readonly number[];
  /** Memories of families by `leaf id|value`, and the values of each by `#unit`. */
  readonly fam: Readonly<Record<string, unknown>>;
  /** As `due`, by `unit index|value`. */
  readonly famDue: Readonly<Record<string, number>>;
  /** By tag key. */
  readonly marks: Readonly<Record<string, Mark>>;
  readonly open: readonly Open[];
  readonly undo?: Undo;
}

export const EMPTY_MEMORY: Memory = { layout: [], mem: [], due: [], fam: {}, famDue: {}, marks: {}, open: [] };

const rank = (entry: Open): number => ('id' in entry ? 0 : 'key' in entry ? 1 : 2);

/** The one order in which open entries are folded: by time; at one instant events by id, then tags set, then rules. */
export function openOrder(a: Open, b: Open): number {
  if (a.at !== b.at) return a.at - b.at;
  if ('id' in a && 'id' in b) return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return rank(a) - rank(b);
}
