/** What the passes hand on: the plan (after normalise), the program (after link), and what comes out at the end. */
import type { Diagnostic } from '../diagnostics.ts';
import type { Graph, GraphNode } from '../journey/graph.ts';
import type { Trigger } from '../journey/triggers/index.ts';
import type { FragmentState } from './build.ts';

/** ARNs (with alias) of the step handlers. */
export interface StepFunctions {
  readonly decide: string;
  readonly perform: string;
  readonly await: string;
}

export interface CompileOptions {
  readonly version: number;
  readonly functions: StepFunctions;
  /** Tag keys that the ruleset knows; when given, unknown ones are warned of. */
  readonly knownTags?: readonly string[];
  /** Ids of the ruleset's segments; the same. */
  readonly knownSegments?: readonly string[];
  /** Ids of its families of segments; the same. */
  readonly knownFamilies?: readonly string[];
}

/** The journey as the later passes see it: what can be reached, with its kinds; enter nodes turned into entries. */
export interface Plan {
  readonly graph: Graph;
  readonly entries: readonly { readonly node: string; readonly trigger: Trigger; readonly target: string | null }[];
  /** All nodes that become states, in walking order. */
  readonly nodes: readonly GraphNode[];
}

/** Where control goes: a state by key, or the end of the path. */
export type Target = { readonly state: string } | { readonly end: true };

/** A state of the linked program. `key` is `<node>/<role>`; names come in the tidy pass. */
export interface ProgramState {
  readonly key: string;
  readonly node: string;
  readonly it: FragmentState;
  /** Where each outlet leads; for `next`-like arrows within the node see `next`. */
  readonly outlets: Readonly<Record<string, Target>>;
  /** For a step, await or pause that goes on to another state of its own node, or through its one outlet. */
  readonly next?: Target;
  /** For a route whose step may ask to come again. */
  readonly later?: Target;
  readonly shares?: Readonly<Record<string, number>>;
}

export interface Program {
  readonly plan: Plan;
  readonly states: ReadonlyMap<string, ProgramState>;
  /** Where each entry starts. */
  readonly starts: readonly { readonly entry: string; readonly target: Target }[];
}

export type StateRole = FragmentState['type'] | 'entry' | 'begin' | 'completed' | 'ended' | 'failed' | 'again';

/** For the run view and the counts: which state belongs to which node, and what follows what. */
export interface CompileMap {
  /** `node` is absent for the machine's own states (entry, ended, failed). */
  readonly states: Readonly<Record<string, { readonly node?: string; readonly role: StateRole }>>;
  readonly entries: readonly { readonly node: string; readonly trigger: Trigger }[];
  readonly goals: readonly { readonly id: string; readonly name: string; readonly on: Trigger }[];
  readonly exits: readonly { readonly id: string; readonly name: string; readonly on: Trigger }[];
  /** The node behind each outlet of each node; null when it is free. */
  readonly next: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  /**
   * How a node is passed: `step` (its handler writes it down), `trail` (told by the next step), `end` (nothing follows),
   * and for those that nobody waits at and no handler sees, `instant`.
   */
  readonly passing: Readonly<Record<string, 'step' | 'trail' | 'instant' | 'end'>>;
}

export interface PathEstimate {
  /** Per customer; the start counts as one. */
  readonly transitions: number;
  readonly calls: number;
  /** US dollars per 1,000 customers. */
  readonly transitionDollars: number;
  readonly callDollars: number;
  readonly dollars: number;
  /** Seconds from entering to the end. */
  readonly seconds: number;
}

export interface Estimate {
  /** Loops are walked once; their further rounds are not in the figures. */
  readonly loops: boolean;
  readonly longest: PathEstimate;
  /** By the shares of splits; where shares are not known, all outlets are taken as equal. */
  readonly average: PathEstimate;
  /** Executions open at the same time for each customer who enters per day. */
  readonly openPerDailyEntry: number;
  /** History events on the longest path when every call is retried as often as it may be. AWS ends an execution at 25,000. */
  readonly worstHistoryEvents: number;
}

export type Compiled =
  | {
      readonly ok: true;
      /** The definition, as an object; JSON.stringify it for AWS. */
      readonly asl: StateMachine;
      readonly map: CompileMap;
      readonly estimate: Estimate;
      /** Warnings. */
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A definition in Amazon States Language. */
export interface StateMachine {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, AslState>>;
}

export type AslState = Readonly<Record<string, unknown>> & { readonly Type: string };
