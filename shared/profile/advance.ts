import type { CustomerEvent } from '../events/index.ts';
import { type CompiledRuleset, pick } from '../tags/index.ts';
import { Draft } from './draft.ts';
import { type Memory, type Open, type OpenEvent, openOrder } from './memory.ts';
import { migrate } from './migrate.ts';
import { process, processInstant } from './process.ts';
import type { Cause, Change, ProfileInput, StageChange, TagChange } from './profile.ts';
import { type Rewritten, reconcile } from './reconcile.ts';
import type { CustomerState } from './state.ts';

export interface Advanced {
  readonly state: CustomerState;
  /** What to tell the world, in the order of time. */
  readonly changes: readonly Change[];
  /** The next moment at which time alone changes a tag, ISO 8601, UTC. */
  readonly dueAt?: string;
  /**
   * Only when a late event has changed the past: how the customer's record of tag changes differs from what was told
   * before. It includes this call's `changes`; without it they are simply the next lines of the record.
   */
  readonly rewritten?: Rewritten;
}

/**
 * One customer's state, brought forward by what came in and by time: pure.
 *
 * Any order and any repetition of the same events, cut into any calls, gives the same tags with the same dates, reasons
 * and record, as long as an event comes within the lateness window (rules.limits) after it happened, or after another
 * event of the customer came (so that a history imported in one go may be old). What comes later than that still counts (counts, sums, last times), but no moment of the past is judged again for it; and repetitions
 * are then recognised by the table of kept events only.
 *
 * @param state what the last call gave, or emptyState(); not changed
 * @param inputs what came in; events in any order
 * @param now ISO 8601, UTC; all that time changes up to now is done, each at its own moment
 */
export function advance(
  state: CustomerState,
  inputs: readonly ProfileInput[],
  rules: CompiledRuleset,
  now: string,
): Advanced {
  const nowMs = Date.parse(now);
  const kept = state.memory as Memory;
  const asked = inputs.some((input) => input.type === 'ruleset');
  const changing = kept.rules !== undefined && (kept.rules !== rules.version || asked);
  const memory = changing ? migrate(kept, rules) : kept;
  let draft = Draft.of({ ...state, memory }, rules);
  let open = memory.open;
  const horizon = nowMs - rules.limits.latenessMs;
  let arrived = memory.arrived ?? -Infinity;
  if (draft.last <= horizon && arrived <= horizon) {
    draft.settle();
    open = [];
  }
  const entries: Open[] = changing ? [{ at: nowMs, rules: rules.version }] : [];
  const seen = { first: state.firstSeenAt, last: state.lastSeenAt };
  for (const input of inputs) {
    if (input.type === 'event') {
      const event = toOpen(input.event, rules, draft.base === -Infinity);
      if (event !== undefined && !has(open, event.id) && !has(entries, event.id)) entries.push(event);
      if (seen.first === undefined || input.event.at < seen.first) seen.first = input.event.at;
      if (seen.last === undefined || input.event.at > seen.last) seen.last = input.event.at;
    } else if (input.type === 'tag') {
      const { op, key, cause, by, depth } = input;
      entries.push({ at: nowMs, op, key, ref: cause, by: by ?? 'manual', ...(depth ? { depth } : {}) });
    }
  }
  const { stage, changes: stageChanges } = stages(state.stage, inputs, now);
  if (
    entries.length === 0 &&
    draft.soonest() > nowMs &&
    stageChanges.length === 0 &&
    seen.first === state.firstSeenAt &&
    seen.last === state.lastSeenAt
  ) {
    return { state, changes: [], ...(state.dueAt ? { dueAt: state.dueAt } : {}) };
  }

  entries.sort(openOrder);
  const changes: TagChange[] = [];
  let told: readonly Change[] = changes;
  let rewritten: Rewritten | undefined;
  if (entries.length === 0 || (entries[0] as Open).at > draft.last) {
    process(draft, entries, nowMs, rules, changes);
    open = entries.length === 0 ? open : [...open, ...entries];
  } else {
    const before: TagChange[] = [];
    process(draft.rewound(), open, draft.last, rules, before);
    const again = draft.rewound();
    const tooLate = entries.filter((entry) => entry.at <= draft.base);
    for (const entry of tooLate) processInstant(again, again.last, [entry], rules, changes);
    if (tooLate.length > 0) again.settle();
    open = [...open, ...entries.filter((entry) => entry.at > draft.base)].sort(openOrder);
    process(again, open, Math.max(nowMs, draft.last), rules, changes);
    draft = again;
    const reconciled = reconcile(before, changes, lateCause(entries));
    told = reconciled.changes;
    rewritten = reconciled.rewritten;
  }

  if (entries.some((entry) => 'id' in entry)) arrived = nowMs;
  if (open.length > rules.limits.openEvents) {
    open = closeOldest(draft, open, rules);
  }
  const due = draft.soonest();
  const dueAt = due === Infinity ? {} : { dueAt: new Date(due).toISOString() };
  const undo = draft.undo();
  const next: CustomerState = {
    id: state.id,
    ...(seen.first === undefined ? {} : { firstSeenAt: seen.first, lastSeenAt: seen.last }),
    ...(stage === undefined ? {} : { stage }),
    traits: draft.traits.all(),
    tags: draft.tags.all(),
    ...dueAt,
    memory: {
      ...(draft.fresh ? {} : { rules: rules.version, last: draft.last }),
      layout: rules.layout,
      mem: draft.mem.all(),
      due: draft.due.all(),
      fam: draft.fam.all(),
      famDue: draft.famDue.all(),
      marks: draft.marks.all(),
      ...(undo === undefined || arrived === -Infinity ? {} : { arrived }),
      open,
      ...(undo ? { undo } : {}),
    } satisfies Memory,
  };
  const all = stageChanges.length === 0 ? told : [...told, ...stageChanges];
  return { state: next, changes: all, ...dueAt, ...(rewritten ? { rewritten } : {}) };
}

/**
 * More events are open than are kept: the older half is folded into the base for good. For this customer the lateness
 * window is shorter then: as long as her last openEvents / 2 events.
 */
function closeOldest(draft: Draft, open: readonly Open[], rules: CompiledRuleset): readonly Open[] {
  let count = open.length - Math.floor(rules.limits.openEvents / 2);
  // Never between two entries of one instant.
  while (count < open.length && open[count]?.at === open[count - 1]?.at) count++;
  const base = draft.rewound();
  process(base, open.slice(0, count), (open[count - 1] as Open).at, rules, []);
  draft.rebase(base);
  return open.slice(count);
}

/** Only what the rules read; undefined when none listens. The very first events are open whether or not one listens. */
function toOpen(event: CustomerEvent, rules: CompiledRuleset, first: boolean): OpenEvent | undefined {
  const { leaves, families, keep } = rules.route(event.name);
  const traits = event.name === '$identify' ? event.traits : undefined;
  if (leaves.length === 0 && families.length === 0 && traits === undefined && !first) return undefined;
  const { properties, context, traits: read } = keep;
  const kept: { -readonly [K in keyof OpenEvent]: OpenEvent[K] } = {
    at: Date.parse(event.at),
    id: event.id,
    name: event.name,
  };
  if (properties) kept.properties = pick(event.properties, properties) as OpenEvent['properties'];
  if (context && event.context) kept.context = pick(event.context, context) as OpenEvent['context'];
  if (traits) kept.traits = traits;
  else if (read && event.traits) kept.traits = pick(event.traits, read) as OpenEvent['traits'];
  return kept;
}

const has = (entries: readonly Open[], id: string): boolean =>
  entries.some((entry) => 'id' in entry && entry.id === id);

function lateCause(entries: readonly Open[]): Cause {
  const event = entries.find((entry) => 'id' in entry) as OpenEvent | undefined;
  return event === undefined
    ? { by: 'manual', depth: 0 }
    : { by: 'event', messageId: event.id, eventName: event.name, depth: 0 };
}

function stages(from: CustomerState['stage'], inputs: readonly ProfileInput[], now: string) {
  let stage = from;
  const changes: StageChange[] = [];
  for (const input of inputs) {
    if (input.type !== 'stage' || input.stage === stage) continue;
    const cause: Cause = { by: input.by ?? 'manual', ref: input.cause, depth: input.depth ?? 0 };
    changes.push({
      type: 'stage',
      ...(stage ? { from: stage } : {}),
      to: input.stage,
      at: new Date(Date.parse(now)).toISOString(),
      cause,
    });
    stage = input.stage;
  }
  return { stage, changes };
}
