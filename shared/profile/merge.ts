/**
 * Two profiles that turn out to be one customer's. Counters are not added: the kept events of both are folded again, in
 * the order of time, so that the outcome is what it would have been had she had one id from the beginning. What no event
 * says (tags set by hand or by a journey, sticky tags of rules that have changed since, the stage) is carried over.
 *
 * Events are kept for 400 days. Of somebody who has been known for longer, the state knows more than the events do: then
 * hers stays and the other's events are folded into it as late ones are. Where both have been known for longer, what the
 * one that is merged counted before that is lost; her traits, sticky tags and tags by hand are not.
 */
import type { CustomerEvent } from '../events/index.ts';
import { isoOf, msOf } from '../instants.ts';
import { segmentKey } from '../rules/index.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import type { Words } from '../words.ts';
import { advance } from './advance.ts';
import { carriedFrom, carry, notIn } from './carry.ts';
import { withDues } from './dues.ts';
import { tagsOf } from './held.ts';
import { plain } from './known-state.ts';
import { emptyMemory, type Memory, nothingOpen } from './memory.ts';
import type { Cause, Change, SegmentChange, TagChange } from './profile.ts';
import { takeApart, toldOf, withSegments } from './segment-parts.ts';
import { type CustomerState, emptyState } from './state.ts';
import { memoryOf } from './state-text.ts';

/** One of the two. */
export interface Half {
  readonly state: CustomerState;
  /** What is kept of hers. */
  readonly events: readonly CustomerEvent[];
  /** That is all there ever was. */
  readonly complete: boolean;
}

export interface Merged {
  readonly state: CustomerState;
  readonly dueAt?: string;
  /** What is true of the two together and was known of neither: news for journeys. */
  readonly news: readonly Change[];
  /** What the survivor takes over from the other: on record, and no news. */
  readonly taken: readonly Change[];
}

/**
 * @param now ISO 8601, UTC; what changed by the merge is told as of now, while each tag keeps its own `since`
 * @param stage the later set one of the two
 */
export function mergeHalves(
  survivor: Half,
  other: Half,
  stage: CustomerState['stage'],
  cause: Cause,
  rules: CompiledRuleset,
  now: string,
): Merged {
  const hands = [survivor.state, other.state].map((state) => carriedFrom(state, rules, 'hand'));
  const sticky = [survivor.state, other.state].map((state) => carriedFrom(state, rules, 'sticky'));
  let folded = fold(survivor, other, hands, rules, now);
  const missing = sticky.map((each) => notIn(each, memoryOf(folded.state, rules, false).memory.head));
  if (missing.some(({ length }) => length > 0)) folded = fold(survivor, other, [...missing, ...hands], rules, now);
  const state = seenWith(folded.state, survivor.state, other.state, stage);
  return {
    state,
    ...(state.dueAt === undefined ? {} : { dueAt: state.dueAt }),
    ...told(survivor.state, other.state, state, folded.changes, cause, rules, now),
  };
}

type Carried = ReturnType<typeof carriedFrom>;

function fold(
  survivor: Half,
  other: Half,
  carried: readonly Carried[],
  rules: CompiledRuleset,
  now: string,
): { state: CustomerState; changes: readonly Change[] } {
  const whole = survivor.complete && other.complete;
  // Whose state knows more than the events do stays.
  const [stays, comes] = survivor.complete && !whole ? [other, survivor] : [survivor, other];
  const { id } = survivor.state;
  const from = whole ? emptyMemory(rules) : settled(stays.state, rules, now);
  const traits = whole ? {} : { ...comes.state.traits, ...stays.state.traits };
  const head = carry({ ...from.head, traits }, carried.flat(), rules);
  const { dueAt: _, ...known } = whole ? emptyState(id) : plain(stays.state);
  const start = {
    ...known,
    id,
    traits: head.traits,
    ...takeApart(tagsOf(head, rules)),
    memory: nothingOpen(rules, head),
  };
  const events = whole ? [...survivor.events, ...other.events] : comes.events;
  const inputs = events.map((event) => ({ type: 'event' as const, event }));
  const advanced = advance(start, inputs, rules, now);
  const changes = [...(advanced.rewritten?.added ?? []), ...advanced.changes];
  return { state: timed(advanced.state, rules, now), changes };
}

/** Nothing open any more, and by these rules. */
function settled(state: CustomerState, rules: CompiledRuleset, now: string): Memory {
  const { memory, changed } = memoryOf(state, rules, false);
  return changed ? settled(advance(state, [{ type: 'ruleset' }], rules, now).state, rules, now) : memory;
}

/** What was carried over may end by time, too. */
function timed(state: CustomerState, rules: CompiledRuleset, now: string): CustomerState {
  const { memory } = memoryOf(state, rules, false);
  const head = withDues(rules, memory.head);
  const base = memory.base === memory.head ? head : memory.base;
  const { dueAt: _, ...rest } = plain(state);
  const due = head.soonest === Infinity ? {} : { dueAt: isoOf(head.soonest) };
  return advance({ ...rest, ...due, memory: { ...memory, head, base } }, [], rules, now).state;
}

function seenWith(
  state: CustomerState,
  a: CustomerState,
  b: CustomerState,
  stage: CustomerState['stage'],
): CustomerState {
  const times = (field: 'firstSeenAt' | 'lastSeenAt') =>
    [state[field], a[field], b[field]].filter((at) => at !== undefined).sort((x, y) => msOf(x) - msOf(y));
  const first = times('firstSeenAt')[0];
  const last = times('lastSeenAt').at(-1);
  return {
    ...plain(state),
    ...(first === undefined ? {} : { firstSeenAt: first }),
    ...(last === undefined ? {} : { lastSeenAt: last }),
    ...(stage === undefined ? {} : { stage }),
  };
}

const CAME: Words = { zh: '合并身份时带来', en: 'came with the merge of two ids' };
const WENT: Words = { zh: '两个身份合在一起看，不再成立', en: 'does not hold of the two ids together' };

function told(
  survivor: CustomerState,
  other: CustomerState,
  state: CustomerState,
  changes: readonly Change[],
  cause: Cause,
  rules: CompiledRuleset,
  now: string,
): { news: Change[]; taken: Change[] } {
  const news: TagChange[] = [];
  const taken: TagChange[] = [];
  const why = (op: 'added' | 'removed', key: string): Words | undefined =>
    changes.findLast((one) => isOf(one, op, key))?.why;
  const common = { type: 'tag' as const, at: now, rule: rules.version, cause };
  const [mine, theirs, both] = [survivor, other, state].map(({ tags, segments }) => withSegments(tags, segments));
  for (const key of Object.keys({ ...mine, ...theirs, ...both }).sort()) {
    const held = both?.[key];
    if (held === undefined) {
      news.push({ ...common, op: 'removed', key, evidence: [], why: why('removed', key) ?? WENT });
    } else if (mine?.[key] === undefined) {
      const { evidence, value } = held;
      const added = { ...common, op: 'added' as const, key, evidence, why: why('added', key) ?? CAME };
      (theirs?.[key] === undefined ? news : taken).push({ ...added, ...(value === undefined ? {} : { value }) });
    }
  }
  const stages: Change[] = [];
  if (state.stage !== undefined && state.stage !== survivor.stage) {
    const from = survivor.stage === undefined ? {} : { from: survivor.stage };
    stages.push({ type: 'stage', ...from, to: state.stage, at: now, cause });
  }
  return { news: [...toldOf(news)], taken: [...toldOf(taken), ...stages] };
}

function isOf(change: Change, op: 'added' | 'removed', key: string): change is TagChange | SegmentChange {
  if (change.type === 'tag') return change.op === op && change.key === key;
  return (
    change.type === 'segment' && (change.op === 'entered') === (op === 'added') && segmentKey(change.segment) === key
  );
}
