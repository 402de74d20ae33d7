/**
 * What advance() remembers of a customer, and how it is kept both current and revisable.
 *
 *   base ──(events still open, in the order of (time, id))──▶ head
 *
 * The head is what everybody sees. The base is the head without the events that are still open, those of the lateness
 * window. Both are snapshots that are never changed, so they share all that is the same, and the usual way (an event
 * later than all others) makes a new head and leaves the base as it is. For a late event the open ones are folded into
 * the base again, with the late one in its place. When all is older than the window, head and base are one.
 */
import type { Pages } from '../rules/index.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import { type Tags, withTags } from './held.ts';
import type { TagHeld } from './profile.ts';

/** An event still open: only what the rules read of it. */
export interface OpenEvent {
  readonly at: number;
  readonly id: string;
  readonly name: string;
  /** When it came in: so many minutes after it happened, rounded up. */
  readonly late: number;
  /** So many characters its values have together (see settle.ts). */
  readonly chars: number;
  readonly properties: Readonly<Record<string, unknown>> | undefined;
  readonly context: Readonly<Record<string, unknown>> | undefined;
  readonly traits: Readonly<Record<string, unknown>> | undefined;
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

/** What a family remembers for one value: its leaves' memories, by slot, and when time changes it next. */
export interface FamilyValue {
  readonly value: string;
  readonly mem: readonly unknown[];
  readonly due: number;
}

/** What a family remembers for this value. */
export function valueIn(values: readonly FamilyValue[], value: string): FamilyValue | undefined {
  for (let i = 0; i < values.length; i++) if (values[i]!.value === value) return values[i];
  return undefined;
}

/** A customer at one instant, as the rules see her. */
export interface Snapshot {
  /** The last instant at which anything was processed, ms; -Infinity when nothing was yet. */
  readonly last: number;
  /**
   * Of plain rules: what their leaves remember, when time changes a unit next, and the tags (and segments) that she has
   * (see lay-out.ts in shared/tags).
   */
  readonly pages: Pages<unknown>;
  /** The earliest moment at which time changes anything, of each page and then of each family, ms; Infinity for never. */
  readonly soon: readonly number[];
  /** The earliest of them all. */
  readonly soonest: number;
  /** By place; of each the values in the order of the last touch. */
  readonly families: readonly (readonly FamilyValue[])[];
  /** By tag key. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** By key, the tags that she has of families, and such as no rule knows (see held.ts). */
  readonly others: Readonly<Record<string, TagHeld>>;
  readonly traits: Readonly<Record<string, unknown>>;
}

/** The base with the first `count` open entries folded in. */
export interface Checkpoint {
  readonly count: number;
  readonly snapshot: Snapshot;
}

export interface Memory {
  /** The rules it was made by. */
  readonly rules: CompiledRuleset;
  readonly head: Snapshot;
  /** The head itself when nothing is open. */
  readonly base: Snapshot;
  readonly open: readonly Open[];
  /** So many characters the values of what is open have together (see settle.ts). */
  readonly chars: number;
  /** When the first of what is open may be settled (see settle.ts), ms; so that an event need not look at them. */
  readonly ripe: number;
  /** Spares folding again when a part of what is open is settled; only in this process, never written. */
  readonly checkpoints: readonly Checkpoint[];
}

/** Most customers have none. */
export const NO_MARKS: Snapshot['marks'] = {};

/** Of a customer for whom these rules were never evaluated. */
export function emptyMemory(
  rules: CompiledRuleset,
  { tags, traits }: { readonly tags: Tags; readonly traits: Snapshot['traits'] } = { tags: {}, traits: {} },
): Memory {
  const { pages, soon } = rules.blank;
  const head: Snapshot = {
    last: -Infinity,
    soon,
    soonest: Infinity,
    families: rules.families.map(() => []),
    marks: NO_MARKS,
    ...withTags(pages, tags, rules),
    traits,
  };
  return nothingOpen(rules, head);
}

/** Of a customer of whom no event is open. */
export const nothingOpen = (rules: CompiledRuleset, head: Snapshot): Memory => ({
  rules,
  head,
  base: head,
  open: [],
  chars: 0,
  ripe: Infinity,
  checkpoints: [],
});

const MINUTE = 60_000;

/** When it came in, ms. */
export const cameAt = (entry: Open): number => ('id' in entry ? entry.at + entry.late * MINUTE : entry.at);

const rank = (entry: Open): number => ('id' in entry ? 0 : 'key' in entry ? 1 : 2);

/** The one order in which open entries are folded: by time; at one instant events by id, then tags set, then rules. */
export function openOrder(a: Open, b: Open): number {
  if (a.at !== b.at) return a.at - b.at;
  if ('id' in a && 'id' in b) return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return rank(a) - rank(b);
}
