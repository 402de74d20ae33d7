import type { Anchor, AnchorIndex, AnchorKind } from './anchors/anchor.ts';
import { type Asked, ask, type Condition } from './asked.ts';
import { fieldReader } from './fields.ts';
import { holds } from './match.ts';
import type { Pattern } from './pattern.ts';

/**
 * Finds the rules that an event matches without trying every rule. Each way of each rule is filed under the one condition
 * that the fewest others share a place with; an event leads by its own values to what is filed there, and only that is
 * tried. Only ways that ask for nothing but absence are tried on every event.
 */
export interface RuleIndex<Rule> {
  find(event: unknown): Rule[];
}

interface Filed<Rule> {
  readonly owner: Owner<Rule>;
  readonly way: readonly Asked[];
  /** The event it was last tried on. */
  tried: number;
}

interface Owner<Rule> {
  readonly rule: Rule;
  /** The event it was last found for. */
  found: number;
}

export function indexRules<Rule extends { readonly pattern: Pattern }>(rules: readonly Rule[]): RuleIndex<Rule> {
  const paths = [...new Set(rules.flatMap(({ pattern }) => [...pattern.slots.keys()]))];
  const slots = new Map(paths.map((path, slot) => [path, slot]));
  const read = fieldReader(paths);
  const known = new Map<string, Asked>();
  const ways = rules.flatMap((rule) => {
    const owner: Owner<Rule> = { rule, found: 0 };
    return rule.pattern.ways.map((way) => ({
      filed: { owner, way: ask(way, slots, known), tried: 0 } satisfies Filed<Rule>,
      choices: way.flatMap((condition) => choice(condition, slots.get(condition.path) as number)),
    }));
  });

  const crowd = new Map<string, number>();
  const placeOf = (slot: number, { kind, place }: Anchor) => `${slot} ${kind.name} ${place}`;
  for (const { choices } of ways)
    for (const { slot, anchors } of choices)
      for (const anchor of anchors) {
        const place = placeOf(slot, anchor);
        crowd.set(place, (crowd.get(place) ?? 0) + 1);
      }
  const crowded = ({ slot, anchors }: Choice) =>
    anchors.reduce((sum, anchor) => sum + (crowd.get(placeOf(slot, anchor)) ?? 0), 0);

  const always: Filed<Rule>[] = [];
  const indexes: Map<AnchorKind, AnchorIndex<Filed<Rule>>>[] = paths.map(() => new Map());
  for (const { filed, choices } of ways) {
    const best = choices.reduce<Choice | undefined>(
      (least, one) => (least && crowded(least) <= crowded(one) ? least : one),
      undefined,
    );
    if (!best) always.push(filed);
    for (const { kind, key } of best?.anchors ?? []) {
      const there = indexes[best?.slot as number] as Map<AnchorKind, AnchorIndex<Filed<Rule>>>;
      const index = there.get(kind) ?? kind.open<Filed<Rule>>();
      there.set(kind, index);
      index.file(key, filed);
    }
  }

  const perSlot = indexes.map((there) => [...there.values()]);

  let event = 0;
  return {
    find(raw) {
      event++;
      const fields = read(raw);
      const found: Rule[] = [];
      const tryOne = (one: Filed<Rule>) => {
        if (one.tried === event) return;
        one.tried = event;
        if (one.owner.found === event || !holds(one.way, fields)) return;
        one.owner.found = event;
        found.push(one.owner.rule);
      };
      for (const one of always) tryOne(one);
      for (const slot of fields.present)
        for (const index of perSlot[slot] as AnchorIndex<Filed<Rule>>[])
          for (const { value } of fields.at(slot)) index.find(value, tryOne);
      return found;
    },
  };
}

/** A condition that a way may be filed under, with the places where each of its tests is found. */
interface Choice {
  readonly slot: number;
  readonly anchors: readonly Anchor[];
}

function choice({ tests }: Condition, slot: number): Choice[] {
  const anchors = tests.flatMap(({ anchor }) => anchor ?? []);
  return anchors.length === tests.length ? [{ slot, anchors }] : [];
}
