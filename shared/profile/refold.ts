/**
 * A customer as she would be had these rules been in force from the start, as far as is still known: her kept events
 * and what was set by hand, folded anew. Pure; what a dry run shows is what a backfill writes.
 */
import type { CustomerEvent } from '../events/index.ts';
import { segmentKey, valueAt, withValue } from '../rules/index.ts';
import { type CompiledRuleset, unchangedUnits } from '../tags/index.ts';
import { advance } from './advance.ts';
import { tagsOf, withTags } from './held.ts';
import { plain } from './known-state.ts';
import { type Mark, type Memory, NO_MARKS, nothingOpen, type Snapshot } from './memory.ts';
import type { Cause, Change, ProfileInput, SegmentChange, TagChange, TagHeld } from './profile.ts';
import { takeApart, toldOf, withSegments } from './segment-parts.ts';
import type { CustomerState } from './state.ts';
import { memoryOf } from './state-text.ts';

/** A tag set or taken by hand or by a journey, with the moment (ISO 8601, UTC). */
export type Hand = Extract<ProfileInput, { type: 'tag' }> & { readonly at: string };

export interface Kept {
  /** In any order. */
  readonly events: readonly CustomerEvent[];
  readonly hands: readonly Hand[];
  /** Every event that ever came is still among them. */
  readonly complete: boolean;
}

export interface Refolded {
  readonly state: CustomerState;
  /** What differs in her tags and segments, as of `now`. */
  readonly changes: readonly Change[];
  /** Nothing at all differs: it need not be written. */
  readonly same: boolean;
}

/** Folded at once; looking for repetitions within costs the square of it. */
const CHUNK = 200;
/** So many of the last events are folded last, so that they stay open to late ones as long as if they came now. */
const LAST = 14;

/**
 * Where events are no longer kept, rules that stayed as they were in `before` keep what they know, which is more than
 * is kept; new and changed ones know what is kept. Traits that no kept event tells stay as they are.
 *
 * @param state brought up to `now` already
 * @param before rules whose tags are up to date (the last ones that were backfilled)
 * @param cause of the changes: which backfill
 */
export function refold(
  state: CustomerState,
  kept: Kept,
  rules: CompiledRuleset,
  before: CompiledRuleset,
  cause: Cause,
  now: string,
): Refolded {
  const told: Change[] = [];
  let next: CustomerState = {
    ...bare(state),
    traits: kept.complete ? {} : earlierTraits(state, kept.events),
    tags: {},
  };
  for (const { inputs, until } of chunks(kept, state, rules, now)) {
    const advanced = advance(next, inputs, rules, until);
    told.push(...advanced.changes);
    next = advanced.state;
  }
  const current = memoryOf(state, rules, false);
  if (!kept.complete) {
    const advanced = advance(
      joined(next, state, current.memory.head, rules, before),
      [{ type: 'ruleset' }],
      rules,
      now,
    );
    told.push(...advanced.changes);
    next = advanced.state;
  }
  next = withSpan(next, state);
  const changes = differences(state, next, told, rules.version, cause, now);
  const same =
    changes.length === 0 &&
    !current.changed &&
    next.dueAt === state.dueAt &&
    seen(current.memory.head, rules) === seen((next.memory as Memory | undefined)?.head ?? current.memory.head, rules);
  return { state: next, changes, same };
}

/**
 * What tags and segments come to, from one state to another, as changes of this moment.
 *
 * @param told changes on the way, for their reasons
 */
export function differences(
  from: CustomerState,
  to: CustomerState,
  told: readonly Change[],
  rule: number,
  cause: Cause,
  now: string,
): readonly Change[] {
  const reasons = new Map(told.flatMap((change) => (change.type === 'stage' ? [] : [[reasonKey(change), change]])));
  const change = (op: TagChange['op'], key: string, held: TagHeld | undefined): TagChange => {
    const said = reasons.get(`${op} ${key}`);
    return {
      type: 'tag',
      op,
      key,
      at: now,
      rule,
      evidence: held?.evidence ?? said?.evidence ?? [],
      why: said?.why ?? (op === 'added' ? HOLDS : HOLDS_NOT),
      cause,
      ...(held?.value === undefined ? {} : { value: held.value }),
    };
  };
  const [before, after] = [withSegments(from.tags, from.segments), withSegments(to.tags, to.segments)];
  return toldOf([
    ...Object.keys(before).flatMap((key) => (key in after ? [] : [change('removed', key, undefined)])),
    ...Object.keys(after).flatMap((key) => (key in before ? [] : [change('added', key, after[key])])),
  ]);
}

const reasonKey = (change: TagChange | SegmentChange): string =>
  change.type === 'tag'
    ? `${change.op} ${change.key}`
    : `${change.op === 'entered' ? 'added' : 'removed'} ${segmentKey(change.segment)}`;

const HOLDS = { zh: '按这一版规则和她的历史，成立', en: 'by these rules and her history it holds' };
const HOLDS_NOT = { zh: '按这一版规则和她的历史，不成立', en: 'by these rules and her history it does not hold' };

function* chunks(kept: Kept, state: CustomerState, rules: CompiledRuleset, now: string) {
  const inputs = [
    ...kept.events.map((event) => ({ at: event.at, order: event.id, input: { type: 'event' as const, event } })),
    ...[...kept.hands, ...handsBefore(state, kept.hands, rules)].map((hand) => ({
      at: hand.at,
      order: '\uffff',
      input: hand,
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  for (let from = 0; from < inputs.length; ) {
    const left = inputs.length - from;
    let to = left <= CHUNK ? inputs.length : from + Math.min(CHUNK, left - LAST);
    // Never between two of one instant.
    while (to < inputs.length && inputs[to]!.at === inputs[to - 1]!.at) to++;
    const until = to === inputs.length ? now : inputs[to - 1]!.at;
    yield { inputs: inputs.slice(from, to).map(({ input }) => input as ProfileInput), until };
    from = to;
  }
}

/** Hands laid on before such were written down: those that still lie, from when the tag holds. */
function handsBefore(state: CustomerState, hands: readonly Hand[], rules: CompiledRuleset): Hand[] {
  const known = new Set(hands.map(({ key }) => key));
  const { marks } = memoryOf(state, rules, false).memory.head;
  return Object.entries(state.tags).flatMap(([key, held]) =>
    held.manual && !known.has(key)
      ? [{ type: 'tag' as const, op: 'add' as const, key, at: held.since, cause: marks[key]?.m ?? 'before' }]
      : [],
  );
}

/** Traits that the kept events do not tell were told by events that are no longer kept. */
function earlierTraits({ traits }: CustomerState, events: readonly CustomerEvent[]): CustomerState['traits'] {
  const told = new Set(events.flatMap((event) => Object.keys(event.traits ?? {})));
  return Object.fromEntries(Object.entries(traits).filter(([key]) => !told.has(key)));
}

const bare = ({ id, stage }: CustomerState): CustomerState => ({
  id,
  ...(stage === undefined ? {} : { stage }),
  traits: {},
  tags: {},
  segments: {},
  memory: undefined,
});

function withSpan(next: CustomerState, { firstSeenAt: first, lastSeenAt: last }: CustomerState): CustomerState {
  const firstSeenAt = first !== undefined && (next.firstSeenAt ?? first) >= first ? first : next.firstSeenAt;
  const lastSeenAt = last !== undefined && (next.lastSeenAt ?? last) <= last ? last : next.lastSeenAt;
  return {
    ...plain(next),
    ...(firstSeenAt === undefined ? {} : { firstSeenAt }),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
  };
}

/** The parts of rules that stayed, from the state as it is; the others from what was folded anew. */
function joined(
  folded: CustomerState,
  state: CustomerState,
  current: Snapshot,
  rules: CompiledRuleset,
  before: CompiledRuleset,
): CustomerState {
  const stayed = unchangedUnits(before, rules);
  const hers = tagsOf(current, rules);
  const ours = (key: string): boolean => {
    const unit = rules.unitOf(key)?.unit;
    return unit === undefined ? hers[key]?.manual === true : stayed.has(unit.index);
  };
  const { head: anew } = memoryOf(folded, rules, false).memory;
  const known = new Set(rules.units.flatMap((unit) => (stayed.has(unit.index) ? unit.leaves.map(({ id }) => id) : [])));
  const pick = <T>(mine: Readonly<Record<string, T>>, theirs: Readonly<Record<string, T>>): Record<string, T> => ({
    ...Object.fromEntries(Object.entries(theirs).filter(([key]) => !ours(key))),
    ...Object.fromEntries(Object.entries(mine).filter(([key]) => ours(key))),
  });
  const tags = pick(hers, tagsOf(anew, rules));
  const marks = pick<Mark>(current.marks, anew.marks);
  const { pages: blank, soon } = rules.blank;
  const pages = rules.leaves.reduce(
    (next, leaf) => withValue(next, blank, leaf, valueAt((known.has(leaf.id) ? current : anew).pages, leaf)),
    blank,
  );
  const head: Snapshot = {
    last: Math.max(current.last, anew.last),
    soon,
    soonest: Infinity,
    families: rules.families.map(({ index, family }) => (stayed.has(index) ? current : anew).families[family!.place]!),
    marks: Object.keys(marks).length === 0 ? NO_MARKS : marks,
    ...withTags(pages, tags, rules),
    traits: state.traits,
  };
  return { ...plain(folded), traits: head.traits, ...takeApart(tags), memory: nothingOpen(rules, head) };
}

/** What of a snapshot decides what comes: not how it came about. */
function seen(snapshot: Snapshot, rules: CompiledRuleset): string {
  const { pages, families, marks, traits } = snapshot;
  const mem = rules.leaves.map((leaf) => valueAt(pages, leaf));
  const values = families.map((list) => list.map(({ value, mem: memory }) => [value, memory]));
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([mem, values, sorted(marks), sorted(tagsOf(snapshot, rules)), sorted(traits)]);
}
