/**
 * The measure for advance(): what tags a customer has at every whole hour, by looking at all her events each time anew.
 * Written for itself, as plainly as it can be: it shares no line with the rules, and knows nothing of memories, windows
 * that are kept short, due moments or late events. What is tested with it must happen, and its spans must end, on whole
 * hours. Only what the random rulesets of the property tests use is understood: comparisons of plain numbers and texts,
 * paths without lists, durations of days and hours.
 */
import type { CustomerEvent } from '../../shared/events/index.ts';
import type { Condition, Conditions, OperatorName } from '../../shared/rules/index.ts';
import type { Ruleset, TagDefinition } from '../../shared/tags/index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface World {
  readonly now: number;
  /** In order, up to now. */
  readonly events: readonly CustomerEvent[];
  readonly traits: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly segments: readonly string[];
  /** Hours that the zone is ahead of UTC. */
  readonly ahead: number;
}

/** A tag set or taken by hand. */
export interface ByHand {
  readonly at: number;
  readonly op: 'add' | 'remove';
  readonly key: string;
}

const at = (event: CustomerEvent): number => Date.parse(event.at);
const ms = (duration: string): number => {
  const [, days = '0', hours = '0'] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(duration) as RegExpExecArray;
  return Number(days) * DAY + Number(hours) * HOUR;
};
const read = (from: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], from);

function compared(left: unknown, op: string, right: unknown): boolean {
  if (op === 'exists') return (left !== undefined && left !== null) === (right !== false);
  if (op === 'ne') return left !== right;
  if (left === undefined || left === null) return false;
  if (op === 'in') return (right as unknown[]).includes(left);
  if (op === 'eq') return left === right;
  const [a, b] = [left as number, right as number];
  return { gt: a > b, gte: a >= b, lt: a < b, lte: a <= b }[op] as boolean;
}

interface Filter {
  readonly event: string | readonly string[];
  readonly except?: readonly string[];
  readonly where?: readonly { readonly path: string; readonly op: string; readonly value?: unknown }[];
}

const fits = (filter: Filter, event: CustomerEvent): boolean => {
  const names = typeof filter.event === 'string' ? [filter.event] : filter.event;
  return (
    (names.includes('*') || names.includes(event.name)) &&
    !(filter.except ?? []).includes(event.name) &&
    (filter.where ?? []).every(({ path, op, value }) => compared(read(event, path), op, value))
  );
};

const matching = (filter: Filter & { readonly within?: string }, { events, now }: World): CustomerEvent[] =>
  events.filter((event) => fits(filter, event) && (filter.within === undefined || at(event) > now - ms(filter.within)));

/** Amounts in hundredths, which the tests have only: whole numbers add up exactly. */
const cents = (value: number): number => Math.round(value * 100);
const amounts = (filter: Filter & { readonly within?: string; readonly of: string }, world: World): number[] =>
  matching(filter, world)
    .map((event) => read(event, filter.of))
    .filter((value) => typeof value === 'number')
    .map(cents);
const added = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const localDay = (time: number, { ahead }: World): number => Math.floor((time + ahead * HOUR) / DAY);

/** Does it hold? Every operator; one without an answer here does not compile. */
const HOLDS: { readonly [K in OperatorName]: (config: Conditions[K], world: World) => boolean } = {
  all: (parts, world) => parts.every((part) => holds(part, world)),
  any: (parts, world) => parts.some((part) => holds(part, world)),
  not: (part, world) => !holds(part, world),
  trait: ({ path, op, value }, { traits }) => compared(read(traits, path), op, value),
  tag: (key, { tags }) => tags.some((tag) => tag === key || tag.startsWith(`${key}:`)),
  segment: (id, { segments }) => segments.includes(id),
  did: (config, world) => {
    const { op, value } = config.count ?? { op: 'gte', value: 1 };
    const list = matching(config, world);
    if (config.by === undefined) return compared(list.length, op, value);
    const keys = list.map((event) => read(event, config.by as string)).filter((key) => key !== undefined);
    return keys.some((key) => compared(keys.filter((other) => other === key).length, op, value));
  },
  nth: (config, world) => matching(config, world).length >= config.n,
  sum: (config, world) => compared(added(amounts(config, world)), config.op, cents(config.value)),
  avg: (config, world) => {
    const list = amounts(config, world);
    return list.length > 0 && compared(added(list), config.op, cents(config.value) * list.length);
  },
  min: (config, world) => {
    const list = amounts(config, world);
    return list.length > 0 && compared(Math.min(...list), config.op, cents(config.value));
  },
  max: (config, world) => {
    const list = amounts(config, world);
    return list.length > 0 && compared(Math.max(...list), config.op, cents(config.value));
  },
  percentile: (config, world) => {
    const list = amounts(config, world);
    if (list.length === 0 || (config.threshold === undefined && config.from > 0)) return false;
    if (config.from === 0) return true;
    const threshold = config.threshold as number;
    if (config.measure === 'count') return list.length >= threshold;
    return added(list) >= cents(threshold) * (config.measure === 'avg' ? list.length : 1);
  },
  distinct: (config, world) => {
    const values = matching(config, world).map((event) => read(event, config.of));
    return compared(new Set(values.filter((value) => value !== undefined)).size, config.count.op, config.count.value);
  },
  silent: (config, world) => {
    const last = matching({ ...config, event: config.event ?? '*' }, world).at(-1);
    return last !== undefined && world.now - at(last) >= ms(config.for);
  },
  since: (config, world) => {
    const list = matching(config, world);
    const which = config.which === 'first' ? list[0] : list.at(-1);
    if (which === undefined) return false;
    const old = world.now - at(which) >= ms(config.for);
    return config.op === 'gte' ? old : !old;
  },
  gap: (config, world) => {
    const times = matching(config, world).map(at);
    return times.some((time, i) => i > 0 && time - (times[i - 1] as number) >= ms(config.for));
  },
  followed: ({ by, within, ...first }, { events }) =>
    events.some((b, j) =>
      events.some(
        (a, i) => i < j && fits(first, a) && fits(by, b) && (within === undefined || at(b) - at(a) <= ms(within)),
      ),
    ),
  notFollowed: ({ by, within, ...first }, { events, now }) =>
    events.some(
      (a, i) =>
        fits(first, a) &&
        now - at(a) >= (within === undefined ? 0 : ms(within)) &&
        !events.some((b, j) => j > i && fits(by, b)),
    ),
  unanswered: ({ by, within, same, ...first }, { events, now }) =>
    events.some(
      (a, i) =>
        fits(first, a) &&
        (within === undefined || at(a) > now - ms(within)) &&
        !events.some((b, j) => {
          const [mine, hers] = [read(a, same), read(b, same)];
          return j > i && fits(by, b) && (mine === undefined || hers === undefined || mine === hers);
        }),
    ),
  first: ({ is, ...config }, world) => {
    const one = matching(config, world)[0];
    return one !== undefined && fits({ event: '*', where: is }, one);
  },
  streak: (config, world) => {
    const list = matching(config, world);
    const onDay = (day: number) => list.filter((event) => localDay(at(event), world) === day);
    const worth = (event: CustomerEvent): number => {
      const value = config.of === undefined ? 1 : read(event, config.of);
      return typeof value === 'number' ? Math.max(0, cents(value)) : 0;
    };
    const good = (day: number): boolean => onDay(day).length >= (config.perDay ?? 1);
    const today = localDay(world.now, world);
    const last = good(today) ? today : today - 1;
    let begin = last;
    while (good(begin)) begin--;
    // At some moment of this row, the last so many days of it were enough together.
    for (let end = last; end - config.days >= begin; end--) {
      const days = Array.from({ length: config.days }, (_, i) => end - i);
      const together = added(days.flatMap((day) => onDay(day).map(worth)));
      if (config.total === undefined || together >= cents(config.total)) return true;
    }
    return false;
  },
  age: ({ from = 0, below = Infinity, path = 'birthday' }, { traits, now, ahead }) => {
    const born = new Date(String(read(traits, path)));
    if (Number.isNaN(born.getTime())) return false;
    const today = new Date(now + ahead * HOUR);
    const had = today.toISOString().slice(5, 10) >= born.toISOString().slice(5, 10);
    const years = today.getUTCFullYear() - born.getUTCFullYear() - (had ? 0 : 1);
    return years >= from && years < below;
  },
  region: (config, { traits }) =>
    config.in.some((place) => {
      const parts = place.split('/').map((part) => part.replace(/市$/, ''));
      return parts.every((part) => traits['city'] === part);
    }),
};

const operatorOf = (condition: Condition) => Object.entries(condition)[0] as [OperatorName, never];

function holds(condition: Condition, world: World): boolean {
  const [name, config] = operatorOf(condition);
  return (HOLDS[name] as (config: never, world: World) => boolean)(config, world);
}

/** Is the event one that the rule counts? It confirms a tag with a time to live, and touches the value of a family. */
function counts(condition: Condition, event: CustomerEvent): boolean {
  const [name, config] = operatorOf(condition) as [string, unknown];
  if (name === 'all' || name === 'any') return (config as Condition[]).some((part) => counts(part, event));
  if (name === 'not') return counts(config as Condition, event);
  if (['trait', 'tag', 'segment', 'age', 'region'].includes(name)) return false;
  const { by, of, ...filter } = config as Filter & { by?: string | Filter; of?: string };
  if (typeof by === 'object') return fits(filter, event) || fits(by, event);
  const meant = fits({ ...filter, event: filter.event ?? '*' }, event);
  if (name === 'distinct' || name === 'did') {
    const path = name === 'did' ? by : of;
    return meant && (path === undefined || read(event, path) !== undefined);
  }
  return meant && (of === undefined || name === 'streak' || typeof read(event, of) === 'number');
}

/** What a tag remembers from hour to hour: what was true once, a hand laid on it, when it was last confirmed. */
interface Kept {
  ever?: boolean;
  hand?: boolean;
  confirmed?: number;
  held?: boolean;
}

/**
 * The tags she has at every hour from her first event to `until`.
 *
 * @param ahead hours that the ruleset's zone is ahead of UTC
 */
export function naiveTags(
  rules: Ruleset,
  happened: readonly CustomerEvent[],
  byHand: readonly ByHand[],
  until: number,
  ahead: number,
): ReadonlyMap<number, readonly string[]> {
  const events = [...happened].sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1));
  const kept = new Map<string, Kept>();
  const families = new Map<string, { value: string; events: CustomerEvent[] }[]>();
  const result = new Map<number, readonly string[]>();
  const begin = Math.min(...events.map(at), ...byHand.map((hand) => hand.at));
  for (let now = begin; now <= until; now += HOUR) {
    const seen = events.filter((event) => at(event) <= now);
    const fresh = seen.filter((event) => at(event) === now);
    const traits: Record<string, unknown> = {};
    for (const event of seen) {
      for (const [key, value] of Object.entries(event.traits ?? {})) {
        if (value === null) delete traits[key];
        else traits[key] = value;
      }
    }
    const tags: string[] = [];
    const segments: string[] = [];
    const worldOf = (own: readonly CustomerEvent[]): World => ({ now, events: own, traits, tags, segments, ahead });
    // Those of the tests look at no tags.
    for (const { id, when } of rules.segments ?? []) if (holds(when, worldOf(seen))) segments.push(id);
    const candidate = (tag: TagDefinition, key: string, own: readonly CustomerEvent[]): boolean => {
      const mine: Kept = kept.get(key) ?? {};
      kept.set(key, mine);
      const true_ = tag.when !== undefined && holds(tag.when, worldOf(own));
      const confirmed = own.some((event) => at(event) === now && tag.when !== undefined && counts(tag.when, event));
      if (true_) mine.ever = true;
      if (true_ && (confirmed || mine.held !== true)) mine.confirmed = now;
      mine.held = true_;
      const alive = tag.ttl === undefined || (mine.confirmed !== undefined && now < mine.confirmed + ms(tag.ttl));
      if (!alive) mine.hand = false;
      return alive && (true_ || mine.hand === true || (tag.sticky === true && mine.ever === true));
    };
    for (const hand of byHand.filter((one) => one.at === now)) {
      const own = rules.tags.find((tag) => tag.key === hand.key) as TagDefinition;
      for (const tag of rules.tags) {
        const mine: Kept = kept.get(tag.key) ?? {};
        kept.set(tag.key, mine);
        if (tag === own) {
          mine.hand = hand.op === 'add';
          if (mine.hand) mine.confirmed = now;
        } else if (hand.op === 'add' && own.group !== undefined && tag.group === own.group) mine.hand = false;
      }
    }
    const done = new Set<string>();
    for (const tag of rules.tags) {
      if (tag.family !== undefined) {
        const { by, bound, split } = tag.family;
        const places = families.get(tag.key) ?? [];
        for (const event of fresh) {
          const whole = read(event, by);
          if (whole === undefined || !counts(tag.when as Condition, event)) continue;
          const parts = split === undefined ? [String(whole)] : String(whole).split(split);
          for (const value of parts.map((_, i) => parts.slice(0, i + 1).join(split))) {
            const before = places.findIndex((place) => place.value === value);
            const place = before < 0 ? { value, events: [] } : places.splice(before, 1)[0];
            if (place === undefined) continue;
            place.events.push(event);
            places.push(place);
            // So many values, and of long ones as many as have 40 bytes each on average; the last one in any case.
            const bytes = () => places.reduce((sum, one) => sum + Buffer.byteLength(one.value), 0);
            while (places.length > bound || (places.length > 1 && bytes() > 40 * bound)) {
              kept.delete(`${tag.key}:${places.shift()?.value}`);
            }
          }
        }
        families.set(tag.key, places);
        for (const { value, events: own } of places) {
          const key = `${tag.key}:${value}`;
          if (candidate(tag, key, own)) tags.push(key);
        }
      } else if (tag.group === undefined) {
        if (candidate(tag, tag.key, seen)) tags.push(tag.key);
      } else if (!done.has(tag.group)) {
        done.add(tag.group);
        const levels = rules.tags.filter((one) => one.group === tag.group);
        const winner = levels.filter((level) => candidate(level, level.key, seen)).at(-1);
        if (winner !== undefined) tags.push(winner.key);
      }
    }
    result.set(now, tags.sort());
  }
  return result;
}
