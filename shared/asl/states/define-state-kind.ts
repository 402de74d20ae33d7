/** The contract of a state kind. One file per kind; the registry is index.ts. */
import type { Failure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { State } from '../machine.ts';
import type { Run } from '../run.ts';
import type { Frame } from '../types.ts';
import type { Stage } from '../watch.ts';

export interface StateKind {
  readonly type: string;
  /** What it must go on with: a next state or the end; nothing (it ends); or its own way (Choice). */
  readonly flow: 'next-or-end' | 'end' | 'own';
  /** Fields it may have, besides those that every state may have. */
  readonly fields: readonly string[];
  /** Fields it must have, by query language; `A|B`: either. */
  readonly required?: { any?: readonly string[]; JSONPath?: readonly string[]; JSONata?: readonly string[] };
  /** Fields of which only one may be given. Default: each field and its twin ending in `Path`. */
  readonly exclusive?: readonly (readonly string[])[];
  /** Where the machines inside it stand, for checking: also of definitions that are wrong. */
  inner?(raw: JsonObject): { machine: Json | undefined; at: string }[];
  /** Machines inside this state, by the name of their part (a branch's number, `item`). */
  parts?(raw: JsonObject): { name: string; machine: JsonObject }[];
  /** What its fields come to, found out once, when the definition is compiled: `state.prepared`. */
  prepare?(raw: JsonObject): unknown;
  /** Begins (or, for a retry, begins again): the state has been entered. */
  begin(run: Run, frame: Frame, state: State): void;
  /** Its wait is over. */
  resume?(run: Run, frame: Frame, state: State): void;
  /**
   * Its task was answered, or (Parallel, Map) its parts have all ended: it goes on with the result. `last`: the event
   * that its next one points to, where that is not the frame's last one.
   */
  answered?(run: Run, frame: Frame, state: State, result: Json, last?: number): void;
  /** What it had called failed: told before Retry and Catch are asked. */
  callFailed?(run: Run, frame: Frame, state: State): void;
  /** One of its parts ended well or badly. */
  partDone?(run: Run, frame: Frame, state: State, part: Frame, output: Json): void;
  partFailed?(run: Run, frame: Frame, state: State, part: Frame, failure: Failure): void;
  /** It is stopped, with its parts: since something around it failed, or the execution was closed. */
  stopped?(run: Run, frame: Frame, state: State): void;
  /** Its limits are changed while it runs. */
  changed?(run: Run, frame: Frame, state: State): void;
  /** The execution is redriven, and some of its parts with it. */
  redriven?(run: Run, frame: Frame, state: State): void;
  /** It failed for good (no retry left): the event that says so, before Catch is asked. */
  failed?(run: Run, frame: Frame): void;
  /** What TestState shows of its data flow, besides its input. */
  inspected(raw: JsonObject): readonly Stage[];
  /** Whether TestState accepts a result or an error made up for it, or even needs one. Default: it does not. */
  readonly mock?: 'accepted' | 'needed';
  /** What is wrong with a made-up result, in AWS's words. */
  mockProblem?(raw: JsonObject, result: Json): string | undefined;
  /** So many of its parts have failed, as TestState has it: throws when that is too many. */
  partsFailed?(run: Run, frame: Frame, state: State, failures: number): void;
  /** True when the context object tells its tries (`State.RetryCount`) from the first on. */
  readonly counted?: boolean;
  /** True when EvaluationFailed points to the entered event, not (as in all other kinds) to what came before it. */
  readonly failedQueryFollowsEntry?: boolean;
  /** True when AWS writes `<Type>StateAborted` for it. */
  readonly abortable?: boolean;
}

const EVERY_MEMBER: { [member in keyof Required<StateKind>]: undefined } = {
  type: undefined,
  flow: undefined,
  fields: undefined,
  required: undefined,
  exclusive: undefined,
  inner: undefined,
  parts: undefined,
  prepare: undefined,
  begin: undefined,
  resume: undefined,
  answered: undefined,
  callFailed: undefined,
  partDone: undefined,
  partFailed: undefined,
  stopped: undefined,
  changed: undefined,
  redriven: undefined,
  failed: undefined,
  inspected: undefined,
  mock: undefined,
  mockProblem: undefined,
  partsFailed: undefined,
  counted: undefined,
  failedQueryFollowsEntry: undefined,
  abortable: undefined,
};

/** All kinds have all members, set or not: where each had a shape of its own, every step would look for them. */
export function defineStateKind(kind: StateKind): StateKind {
  return { ...EVERY_MEMBER, ...kind };
}

/** What states that have work done may have: it can fail, and it has a result. */
export const WORK_FIELDS = [
  'InputPath',
  'OutputPath',
  'Parameters',
  'ResultSelector',
  'ResultPath',
  'Output',
  'Assign',
  'Retry',
  'Catch',
] as const;
