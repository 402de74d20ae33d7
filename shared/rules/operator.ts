/**
 * The contract of an operator of the condition language: one file in operators/, one line in its index.ts. Nobody else
 * asks which operator a condition has. Everything is pure; time, traits, tags and events come in.
 *
 * An operator answers in two ways that must agree (property tests in shared/profile hold them to it): `over` looks at
 * the whole list of events, plainly; `compile` gives a memory into which events are folded one by one.
 */
import type { z } from 'zod';
import type { Words } from '../words.ts';
import type { Basis, Condition } from './condition.ts';
import type { Listens } from './filter.ts';
import type { EventNeeds, Finding } from './finding.ts';
import type { Form } from './form.ts';
import type { Names } from './names.ts';
import { type Pages, type Place, valueAt } from './pages.ts';
import type { Seen } from './seen.ts';

/**
 * A piece of memory that events are folded into. Memories are plain JSON and never changed in place: fold gives back
 * the same object when the event does not matter, so "did anything change" is one comparison.
 */
// biome-ignore lint/suspicious/noExplicitAny: a leaf of any memory may be asked for
export interface Leaf<M = any> extends Place {
  /** Made of operator and configuration: rules with the same leaf share its memory, across versions of the ruleset. */
  readonly id: string;
  /** Its number among the ruleset's leaves, by which it is written; its page and cell are its place in Sight.mem. */
  slot: number;
  readonly listens: Listens;
  /** Paths that fold reads: all that is kept of an event while it may still have to be folded again. */
  readonly paths: readonly string[];
  /**
   * Events come in the order of (time, id). Only one that is later than the lateness window may come out of its order;
   * it is then taken in as well as the memory allows.
   */
  readonly fold: (memory: M | undefined, event: Seen) => M | undefined;
  /**
   * Where fold may give back the same object for an event that counts (a number is reached and need not be counted on):
   * does it? Such an event still confirms a tag with a time to live, and touches the value of a family.
   */
  readonly counts?: ((event: Seen) => boolean) | undefined;
  readonly form: Form<M>;
}

/** What a compiled condition may look at. */
export interface Sight {
  /** ms since 1970. */
  readonly at: number;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly hasTag: (key: string) => boolean;
  /** Memories of the leaves; undefined where there is none. */
  readonly mem: Pages<unknown>;
}

/** What a leaf remembers of her. */
export const recall = <M>({ mem }: Sight, leaf: Leaf<M>): M | undefined => valueAt(mem, leaf) as M | undefined;

/** A compiled condition. */
export interface Check {
  readonly holds: (sight: Sight) => boolean;
  /** The earliest moment after sight.at at which time alone may change the answer; Infinity when none. */
  readonly next: (sight: Sight) => number;
  /** The answer with reasons; slower than holds. */
  readonly find: (sight: Sight) => Finding;
}

/** The `next` of an answer that time alone never changes: whoever sees it need not ask. */
export const never = (): number => Infinity;

/** The `next` of an answer made of these. */
export function nextOf(checks: readonly Check[]): Check['next'] {
  const timed = checks.filter(({ next }) => next !== never);
  const [only, another] = timed;
  if (only === undefined) return never;
  if (another === undefined) return only.next;
  return (sight) => {
    let soonest = Infinity;
    for (let i = 0; i < timed.length; i++) {
      const next = timed[i]!.next(sight);
      if (next < soonest) soonest = next;
    }
    return soonest;
  };
}

export interface Build {
  /** IANA zone of the tenant. */
  readonly zone: string;
  readonly compile: (part: Condition) => Check;
  /** Registers a memory made of this operator and configuration; `id` is filled in. */
  readonly leaf: <M>(operator: string, config: unknown, leaf: Omit<Leaf<M>, 'id' | 'slot' | keyof Place>) => Leaf<M>;
  readonly readsTrait: (path: string) => void;
  readonly readsTag: (key: string) => void;
  /** Findings of this condition carry a value, which may move while the condition goes on holding. */
  readonly findsValue: () => void;
  /**
   * Of each customer there is a value by which she is compared with others; undefined where she has none. `what` says
   * what is measured: equal for equal values.
   */
  readonly measures: (what: unknown, read: (sight: Sight) => number | undefined) => void;
}

/** The plain evaluator's view: all events up to now, in order. */
export interface Over {
  readonly now: number;
  readonly zone: string;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly hasTag: (key: string) => boolean;
  readonly events: readonly Seen[];
  readonly evaluate: (part: Condition) => Finding;
}

export interface Say {
  /** A part as a sentence; `negated`: that the part does not hold. */
  (part: Condition, negated?: boolean): Words;
  readonly names: Names;
}

/** Of operators whose meaning depends on all customers: what is to be found out, and where it is put. */
export interface Calibrate<C> {
  /** The share of customers, 0 to 100, whose values lie below the threshold; undefined where none is needed. */
  readonly percent: (config: C) => number | undefined;
  readonly threshold: (config: C) => number | undefined;
  readonly settle: (config: C, threshold: number, basis: Basis) => C;
}
/** A condition, and whether it holds. */
export type Fact = readonly [condition: Condition, holds: boolean];

/** Whether it holds of every customer of whom something is known, or of none; undefined: of some it may. */
export type Sure = (condition: Condition) => boolean | undefined;

export interface Operator<C> {
  readonly name: string;
  readonly label: Words;
  readonly help: Words;
  /**
   * The schema of the configuration, given that of conditions (which is made of all operators, this one too). Fields
   * carry .meta({ label, help?, widget }) for the condition builder.
   */
  readonly config: (condition: z.ZodType<Condition>) => z.ZodType<C>;
  /** Conditions inside this one. */
  readonly parts: (config: C) => readonly Condition[];
  /** The configuration with other conditions inside, as many as before; only of operators that have parts. */
  readonly withParts?: (config: C, parts: readonly Condition[]) => C;
  /** Only of operators that compile() says a measure of. */
  readonly calibrate?: Calibrate<C>;
  /** Tag keys it looks at itself. */
  readonly tags: (config: C) => readonly string[];
  /** Ids of the segments it looks at itself. */
  readonly segments: (config: C) => readonly string[];
  /** Events that `over` must be given. */
  readonly needs: (config: C) => EventNeeds | undefined;
  readonly sentence: (config: C, say: Say) => Words;
  /** That it does not hold, said as people say it. */
  readonly negated: (config: C, say: Say) => Words;
  /** A reason of it that was kept, which names tags and segments by their keys, with their names as they are now. */
  readonly renamed?: (why: Words, names: Names) => Words;
  /** What its parts, or what is known besides, make sure of it; absent: nothing does. */
  readonly sure?: (config: C, sure: Sure) => boolean | undefined;
  /** What else must be so where it holds, or where it does not; absent: nothing must. */
  readonly implies?: (config: C, holds: boolean) => readonly Fact[];
  /** Once it holds, no event and no time ends it; absent: something may. Traits, which can be corrected, may. */
  readonly lasts?: (config: C, lasts: (part: Condition) => boolean) => boolean;
  readonly over: (config: C, world: Over) => Finding;
  readonly compile: (config: C, build: Build) => Check;
}

type Optional = 'parts' | 'tags' | 'segments' | 'needs';

const none = (): readonly [] => [];

/** Checks an operator where it is written, and fills in what most have none of. */
export function defineOperator<C>(
  operator: Omit<Operator<C>, Optional> & Partial<Pick<Operator<C>, Optional>>,
): Operator<C> {
  return { parts: none, tags: none, segments: none, needs: () => undefined, ...operator };
}
