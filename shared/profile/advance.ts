import { isoOf, msOf } from '../instants.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import { Draft } from './draft.ts';
import { KnownState } from './known-state.ts';
import {
  type Checkpoint,
  type Memory,
  nothingOpen,
  type Open,
  type OpenEvent,
  openOrder,
  type Snapshot,
} from './memory.ts';
import { type Follower, process, processInstant } from './process.ts';
import type { Cause, Change, ProfileInput, StageChange, TagChange } from './profile.ts';
import { type Rewritten, reconcile } from './reconcile.ts';
import { isOfTag, toldOf } from './segment-parts.ts';
import { charsIn, closable, isPlace, settleOldest } from './settle.ts';
import type { CustomerState } from './state.ts';
import { memoryOf } from './state-text.ts';
import { type Taken, takeInputs } from './take-inputs.ts';

export interface Advanced {
  readonly state: CustomerState;
  /** What to tell the world, in the order of time. */
  readonly changes: readonly Change[];
  /**
   * The next moment at which time alone changes a tag (or, below the level that holds, what a tag with a time to live or
   * a sticky one remembers), ISO 8601, UTC.
   */
  readonly dueAt?: string;
  /**
   * Only when a late event has changed the past: how the customer's record of tag changes differs from what was told
   * before. It includes this call's `changes` of tags; without it they are simply the next lines of the record.
   */
  readonly rewritten?: Rewritten;
}

/**
 * One customer's state, brought forward by what came in and by time: pure.
 *
 * Any order and any repetition of the same events, cut into any calls, gives the same tags with the same dates, reasons
 * and record, as long as an event comes within the lateness window (rules.limits) after it happened, or after the first
 * of those that happened later came (so that a history imported in one go may be old). What comes later than that still
 * counts (counts, sums, last times), but no moment of the past is judged again for it; and repetitions are then
 * recognised by the table of kept events only.
 *
 * @param state what the last call gave, or emptyState(); not changed, and given back itself when nothing changes
 * @param inputs what came in; events in any order
 * @param now ISO 8601, UTC; all that time changes up to now is done, each at its own moment
 */
export function advance(
  state: CustomerState,
  inputs: readonly ProfileInput[],
  rules: CompiledRuleset,
  now: string,
): Advanced {
  const nowMs = msOf(now);
  const horizon = nowMs - rules.limits.latenessMs;
  const { memory, changed } = memoryOf(state, rules, asksForRules(inputs));
  let { base, open, chars, checkpoints } = rested(memory, horizon);
  let draft = new Draft(memory.head);
  const taken = takeInputs(state, open, inputs, rules, now, nowMs, base.last === -Infinity);
  const { entries } = taken;
  if (changed) entries.push({ at: nowMs, rules: rules.version });
  const { stage, changes: stageChanges } = stages(state.stage, inputs, now);
  if (
    entries.length === 0 &&
    draft.soonest > nowMs &&
    stageChanges.length === 0 &&
    taken.firstSeenAt === state.firstSeenAt &&
    taken.lastSeenAt === state.lastSeenAt
  ) {
    return state.dueAt === undefined ? { state, changes: [] } : { state, changes: [], dueAt: state.dueAt };
  }

  const changes: TagChange[] = [];
  let told: readonly TagChange[] = changes;
  let rewritten: Rewritten | undefined;
  if (entries.length > 1) entries.sort(openOrder);
  if (entries.length === 0) {
    process(draft, entries, nowMs, rules, changes);
  } else if ((entries[0] as Open).at > draft.last) {
    const marks = new Checkpoints(draft, open.length, checkpoints);
    process(draft, entries, nowMs, rules, changes, marks);
    checkpoints = marks.all;
    open = joined(open, entries);
    chars += charsIn(entries);
  } else {
    const { last } = draft;
    const before: TagChange[] = [];
    process(new Draft(base), open, last, rules, before);
    draft = new Draft(base);
    const tooLate = entries.filter((entry) => entry.at <= base.last);
    for (const entry of tooLate) processInstant(draft, base.last, [entry], 0, 1, rules, changes);
    if (tooLate.length > 0) base = draft.snapshot();
    open = [...open, ...entries.filter((entry) => !tooLate.includes(entry))].sort(openOrder);
    chars = charsIn(open);
    const marks = new Checkpoints(draft, 0, NO_CHECKPOINTS);
    process(draft, open, Math.max(nowMs, last), rules, changes, marks);
    checkpoints = marks.all;
    const reconciled = reconcile(before, changes, lateCause(entries));
    told = reconciled.changes;
    rewritten = reconciled.rewritten;
  }

  const head = draft.snapshot();
  const settled = settleOldest(base, open, chars, checkpoints, horizon, rules);
  if (settled !== undefined) ({ base, open, chars, checkpoints } = settled);
  const next = nextState(state, memory.head, taken, stage, { rules, head, base, open, chars, checkpoints });
  const advanced: { -readonly [K in keyof Advanced]: Advanced[K] } = {
    state: next,
    changes: stageChanges.length === 0 ? toldOf(told) : [...toldOf(told), ...stageChanges],
  };
  if (next.dueAt !== undefined) advanced.dueAt = next.dueAt;
  if (rewritten !== undefined) {
    advanced.rewritten = { removed: rewritten.removed.filter(isOfTag), added: rewritten.added.filter(isOfTag) };
  }
  return advanced;
}

/** All is older than the window: head and base are one. */
function rested(memory: Memory, horizon: number): Memory {
  const { head, base, open } = memory;
  if (head === base || head.last > horizon || closable(open, horizon) < open.length) return memory;
  return nothingOpen(memory.rules, head);
}

const NO_CHECKPOINTS: readonly Checkpoint[] = [];

/** Keeps the head as it is at the places where the base may be one day. */
class Checkpoints implements Follower {
  all: readonly Checkpoint[];
  private readonly draft: Draft;
  private readonly from: number;
  private before: number;

  constructor(draft: Draft, from: number, known: readonly Checkpoint[]) {
    this.draft = draft;
    this.from = from;
    this.before = from;
    this.all = known;
  }

  done(more: number): void {
    const count = this.from + more;
    if (isPlace(this.before, count)) this.all = joined(this.all, [{ count, snapshot: this.draft.snapshot() }]);
    this.before = count;
  }
}

/** As long as it is: a list that is spread or pushed to makes room for more, and every customer has some. */
function joined<T>(list: readonly T[], more: readonly T[]): readonly T[] {
  const all = new Array<T>(list.length + more.length);
  for (let i = 0; i < list.length; i++) all[i] = list[i] as T;
  for (let i = 0; i < more.length; i++) all[list.length + i] = more[i] as T;
  return all;
}

function asksForRules(inputs: readonly ProfileInput[]): boolean {
  for (let i = 0; i < inputs.length; i++) if (inputs[i]!.type === 'ruleset') return true;
  return false;
}

function nextState(
  state: CustomerState,
  before: Snapshot,
  { firstSeenAt, lastSeenAt }: Pick<Taken, 'firstSeenAt' | 'lastSeenAt'>,
  stage: CustomerState['stage'],
  memory: Memory,
): CustomerState {
  const { held, others, soonest } = memory.head;
  const known = state instanceof KnownState && state.memory.head === before ? state : undefined;
  const parts = held === before.held && others === before.others ? known?.known() : undefined;
  const due = soonest === Infinity ? undefined : known && soonest === before.soonest ? state.dueAt : isoOf(soonest);
  return new KnownState(state.id, firstSeenAt, lastSeenAt, stage, due, memory, parts);
}

function lateCause(entries: readonly Open[]): Cause {
  const event = entries.find((entry) => 'id' in entry) as OpenEvent | undefined;
  return event === undefined
    ? { by: 'manual', depth: 0 }
    : { by: 'event', messageId: event.id, eventName: event.name, depth: 0 };
}

function stages(from: CustomerState['stage'], inputs: readonly ProfileInput[], now: string) {
  let stage = from;
  let changes = NO_STAGES;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as ProfileInput;
    if (input.type !== 'stage' || input.stage === stage) continue;
    const cause: Cause = { by: input.by ?? 'manual', ref: input.cause, depth: input.depth ?? 0 };
    const at = isoOf(msOf(now));
    changes = [...changes, { type: 'stage', ...(stage ? { from: stage } : {}), to: input.stage, at, cause }];
    stage = input.stage;
  }
  return { stage, changes };
}

const NO_STAGES: readonly StageChange[] = [];
