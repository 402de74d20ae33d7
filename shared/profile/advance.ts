import { isoOf, msOf } from '../instants.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import { Draft } from './draft.ts';
import { KnownState } from './known-state.ts';
import { type Checkpoint, type Memory, nothingOpen, type Open, type OpenEvent, openOrder } from './memory.ts';
import { type Follower, process, processInstant } from './process.ts';
import type { Cause, Change, ProfileInput, StageChange, TagChange } from './profile.ts';
import { type Rewritten, reconcile } from './reconcile.ts';
import { isOfTag, toldOf } from './segment-parts.ts';
import { charsIn, closable, isPlace, ripeFrom, settleOldest } from './settle.ts';
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
  const { memory: found, changed } = memoryOf(state, rules, asksForRules(inputs));
  const memory = rested(found, horizon);
  const { head } = memory;
  const taken = takeInputs(state, memory, inputs, rules, now, nowMs);
  const { entries } = taken;
  if (changed) entries.push({ at: nowMs, rules: rules.version });
  const { stage, changes: stageChanges } = stages(state.stage, inputs, now);
  if (
    entries.length === 0 &&
    head.soonest > nowMs &&
    stageChanges.length === 0 &&
    taken.firstSeenAt === state.firstSeenAt &&
    taken.lastSeenAt === state.lastSeenAt
  ) {
    return state.dueAt === undefined ? { state, changes: [] } : { state, changes: [], dueAt: state.dueAt };
  }

  if (entries.length > 1) entries.sort(openOrder);
  const late = entries.length > 0 && (entries[0] as Open).at <= head.last;
  const gone = late ? backAndOn(memory, entries, nowMs, rules) : on(memory, entries, nowMs, rules);
  const next = nextState(state, gone, taken, stage, settleOldest(gone.memory, horizon));
  const told = toldOf(gone.told);
  const changes = stageChanges.length === 0 ? told : [...told, ...stageChanges];
  const advanced = next.dueAt === undefined ? { state: next, changes } : { state: next, changes, dueAt: next.dueAt };
  const { rewritten } = gone;
  if (rewritten === undefined) return advanced;
  const { removed, added } = rewritten;
  return { ...advanced, rewritten: { removed: removed.filter(isOfTag), added: added.filter(isOfTag) } };
}

/** What came of the entries and of time. */
interface Gone {
  /** Nothing settled yet. */
  readonly memory: Memory;
  readonly told: readonly TagChange[];
  readonly retagged: boolean;
  readonly rewritten: Rewritten | undefined;
}

/** The usual way: all entries are later than whatever was processed. */
function on(memory: Memory, entries: readonly Open[], until: number, rules: CompiledRuleset): Gone {
  const { base, open, chars, ripe, checkpoints } = memory;
  const draft = new Draft(memory.head, rules);
  const told: TagChange[] = [];
  const marks = isPlace(open.length, open.length + entries.length)
    ? new Checkpoints(draft, open.length, checkpoints)
    : undefined;
  process(draft, entries, until, rules, told, marks);
  const all = joined(open, entries);
  return {
    memory: {
      rules,
      head: draft.snapshot(),
      base,
      open: all,
      chars: chars + charsIn(entries),
      ripe: ripe === Infinity ? ripeFrom(all) : ripe,
      checkpoints: marks?.all ?? checkpoints,
    },
    told,
    retagged: draft.retagged,
    rewritten: undefined,
  };
}

/** Some entries are late: what is open is folded into the base once more, with them in their places. */
function backAndOn(memory: Memory, entries: readonly Open[], until: number, rules: CompiledRuleset): Gone {
  const { last } = memory.head;
  const settledAt = memory.base.last;
  const before: TagChange[] = [];
  process(new Draft(memory.base, rules), memory.open, last, rules, before);
  const draft = new Draft(memory.base, rules);
  const changes: TagChange[] = [];
  const tooLate = entries.filter((entry) => entry.at <= settledAt);
  for (const entry of tooLate) processInstant(draft, settledAt, [entry], 0, 1, rules, changes);
  const base = tooLate.length > 0 ? draft.snapshot() : memory.base;
  const open = [...memory.open, ...entries.filter((entry) => !tooLate.includes(entry))].sort(openOrder);
  const marks = new Checkpoints(draft, 0, NO_CHECKPOINTS);
  process(draft, open, Math.max(until, last), rules, changes, marks);
  const { changes: told, rewritten } = reconcile(before, changes, lateCause(entries));
  return {
    memory: {
      rules,
      head: draft.snapshot(),
      base,
      open,
      chars: charsIn(open),
      ripe: ripeFrom(open),
      checkpoints: marks.all,
    },
    told,
    retagged: true,
    rewritten,
  };
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
  { retagged }: Gone,
  { firstSeenAt, lastSeenAt }: Taken,
  stage: CustomerState['stage'],
  memory: Memory,
): CustomerState {
  const { soonest } = memory.head;
  const known = state instanceof KnownState && state.memory.rules === memory.rules ? state : undefined;
  const parts = retagged ? undefined : known?.known();
  const due = soonest === Infinity ? undefined : soonest === known?.memory.head.soonest ? state.dueAt : isoOf(soonest);
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
