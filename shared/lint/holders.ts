/**
 * Which steps of a journey customers with a tag may come to. Errs on the side of "may": what cannot be known without
 * knowing the customer counts as possible. What is not seen: that amounts exclude each other, and that she loses the
 * tag on the way.
 */
import type { CustomerEvent } from '../events/index.ts';
import {
  endsByExclusion,
  exclusionCondition,
  factsAfter,
  type Graph,
  type GraphNode,
  type Journey,
  matchesTrigger,
  type Trigger,
} from '../journey/index.ts';
import {
  type Condition,
  compileCondition,
  eventNeeds,
  type Fact,
  type SameAs,
  type Sure,
  sureOf,
} from '../rules/index.ts';
import type { Ruleset, TagDefinition } from '../tags/index.ts';
import type { Garden } from './garden.ts';
import { isDuration, valuesIn } from './values.ts';

/** What is sure of whoever has the tag: no other level of its group, and its rule, where nothing else gives the tag. */
function factsOf(tag: TagDefinition, { groups }: Ruleset): readonly Fact[] {
  const levels = groups.find(({ id }) => id === tag.group)?.levels ?? [];
  return [
    [{ tag: tag.key }, true],
    ...levels.filter((key) => key !== tag.key).map((key): Fact => [{ tag: key }, false]),
    ...(byRuleAlone(tag) ? [[tag.when, true] as Fact] : []),
  ];
}

const byRuleAlone = (tag: TagDefinition): tag is TagDefinition & { when: Condition } =>
  tag.when !== undefined && [tag.manual, tag.sticky, tag.ttl].every((part) => part === undefined);

/** Ids of the nodes that holders may come to. `more`: what else is sure of them. */
export function reachedByHolders(
  { ruleset, sameAs }: Pick<Garden, 'ruleset' | 'sameAs'>,
  { journey, graph }: Garden['journeys'][number],
  tag: TagDefinition,
  more: readonly Fact[] = [],
): ReadonlySet<string> {
  const sure = sureOf([...factsOf(tag, ruleset), ...more], sameAs);
  const { audience, exclude } = journey.entry;
  const excluded = exclusionCondition(exclude);
  const isOut = excluded !== undefined && sure(excluded) === true;
  const mayEnter = !isOut && (audience === undefined || sure(audience) !== false);
  const entries = graph.entries.filter(
    (entry) => mayEnter && factsOfEntry(entry).every(([condition, holds]) => sure(condition) !== !holds),
  );
  const others = endsWhenGiven(journey, graph, tag, sure, sameAs) ? [] : afterWaits(graph);
  const open = [...entries.map(({ node }) => node.id), ...others];
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const at = graph.node(id);
    if (at === undefined || reached.has(id)) continue;
    reached.add(id);
    const ways = at.kind.ways?.(at.config, sure) ?? at.outlets.map((outlet) => outlet.id);
    open.push(...ways.flatMap((outlet) => graph.target(at.node.id, outlet) ?? []));
  }
  return reached;
}

/** What is so of whoever has just come in here. */
export const factsOfEntry = ({ kind, config }: GraphNode): readonly Fact[] =>
  kind.entry === undefined ? [] : factsAfter(kind.entry(config));

/** Whoever waits may have become another when she goes on. */
const afterWaits = (graph: Graph): string[] =>
  graph.nodes
    .filter(({ node, kind }) => kind.face.group === 'time' && graph.reachable.has(node.id))
    .flatMap(({ node }) => graph.outgoing(node.id).map(({ to }) => to));

/**
 * A customer inside who is given the tag is out by it: a goal or an exit sees the tag come, or what must have happened
 * meanwhile, since it is so now and was not when she came in; or any event that can bring the tag.
 *
 * @param sure of whoever has the tag
 */
function endsWhenGiven(journey: Journey, graph: Graph, tag: TagDefinition, sure: Sure, sameAs: SameAs): boolean {
  const ends = [...journey.goals, ...journey.exits].map(({ on }) => on);
  const { audience, exclude } = journey.entry;
  const excluded = exclusionCondition(exclude);
  const asked: readonly Fact[] = [
    ...(audience === undefined ? [] : [[audience, true] as Fact]),
    ...(excluded === undefined ? [] : [[excluded, false] as Fact]),
  ];
  const added = { type: 'tag', op: 'added', key: tag.key } as const;
  const before = graph.entries.map((entry) => sureOf([...asked, ...factsOfEntry(entry)], sameAs));
  return (
    endsByExclusion(exclude, added) ||
    ends.some((on) => matchesTrigger(on, added)) ||
    ends.some((on) =>
      factsAfter(on).some(
        ([condition, holds]) => sure(condition) === holds && before.every((was) => was(condition) === !holds),
      ),
    ) ||
    (byRuleAlone(tag) && endsWithEveryCause(tag.when, ends))
  );
}

/** Only events bring the tag (no time, trait or other tag does), and each that may ends the journey, whatever is in it. */
function endsWithEveryCause(when: Condition, ends: readonly Trigger[]): boolean {
  const { names } = eventNeeds(when) ?? {};
  const { traits, tags } = compileCondition(when);
  if (names === undefined || names === '*' || traits.length + tags.length > 0) return false;
  if (valuesIn(when).some(isDuration)) return false;
  return names.every((name) => ends.some((on) => matchesTrigger(on, { type: 'event', event: bare(name) })));
}

const bare = (name: string): CustomerEvent => ({
  id: '',
  customer: '',
  name,
  type: 'track',
  at: '1970-01-01T00:00:00.000Z',
  received: '1970-01-01T00:00:00.000Z',
  properties: {},
});
