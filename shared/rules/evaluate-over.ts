import { checkedMs } from '../duration.ts';
import type { Words } from '../words.ts';
import type { Condition } from './condition.ts';
import type { EventNeeds, Finding, World } from './finding.ts';
import { open, walk } from './look-up.ts';
import { BY_KEY, type Names } from './names.ts';
import type { Over, Say } from './operator.ts';
import { unbracketed } from './say.ts';
import { inOrder, toSeen } from './seen.ts';
import { segmentKey } from './segment-key.ts';

/**
 * Evaluates a condition over a list of kept events, plainly: for branches and audiences, and as the measure for the
 * incremental evaluation of tags. Give it the events that eventNeeds() asks for; more do no harm.
 */
export function evaluateOver(condition: Condition, world: World): Finding {
  const now = Date.parse(world.now);
  const keys = [...keysOf(world.tags), ...keysOf(world.segments ?? {}).map(segmentKey)];
  const over: Over = {
    now,
    zone: world.zone,
    traits: world.traits,
    hasTag: (key) => keys.some((held) => held === key || held.startsWith(`${key}:`)),
    events: world.events
      .map(toSeen)
      .filter((event) => event.at <= now)
      .sort(inOrder),
    evaluate: (part) => evaluate(part, over),
  };
  return over.evaluate(condition);
}

const keysOf = (held: World['tags']): readonly string[] =>
  Array.isArray(held) ? (held as readonly string[]) : Object.keys(held);

function evaluate(condition: Condition, over: Over): Finding {
  const { operator, config } = open(condition);
  return operator.over(config, over);
}

/** Which kept events evaluateOver must be given; undefined when none. */
export function eventNeeds(condition: Condition): EventNeeds | undefined {
  const all: EventNeeds[] = [];
  walk(condition, (operator, config) => {
    const needs = operator.needs(config);
    if (needs !== undefined) all.push(needs);
  });
  if (all.length === 0) return undefined;
  const names = all.some((needs) => needs.names === '*')
    ? ('*' as const)
    : [...new Set(all.flatMap((needs) => [...needs.names]))];
  const longest = all.reduce<EventNeeds | undefined>(
    (a, b) =>
      a === undefined ||
      (a.within !== undefined && (b.within === undefined || checkedMs(b.within) > checkedMs(a.within)))
        ? b
        : a,
    undefined,
  );
  return longest?.within === undefined ? { names } : { names, within: longest.within };
}

/** The keys of all tags that the condition looks at. */
export function tagsOf(condition: Condition): readonly string[] {
  const keys: string[] = [];
  walk(condition, (operator, config) => keys.push(...operator.tags(config)));
  return keys;
}

/** The ids of all segments that the condition looks at. */
export function segmentsOf(condition: Condition): readonly string[] {
  const ids: string[] = [];
  walk(condition, (operator, config) => ids.push(...operator.segments(config)));
  return ids;
}

/** The condition as a sentence, tags and segments called by their names where those are given. */
export const sentence = (condition: Condition, names: Names = BY_KEY): Words => unbracketed(sayer(names)(condition));

function sayer(names: Names): Say {
  const say = (condition: Condition, negated = false): Words => {
    const { operator, config } = open(condition);
    return negated ? operator.negated(config, spoken) : operator.sentence(config, spoken);
  };
  const spoken: Say = Object.assign(say, { names });
  return spoken;
}

/** The condition as a sentence; with a world also what was found in it. */
export function explain(condition: Condition, world?: World): Words {
  const said = sentence(condition);
  if (world === undefined) return said;
  const { holds, why } = evaluateOver(condition, world);
  return {
    zh: `${holds ? '成立' : '不成立'}：${said.zh}。实际：${why.zh}`,
    en: `${holds ? 'Holds' : 'Does not hold'}: ${said.en}. Found: ${why.en}`,
  };
}
