import type { Anchor, AnchorIndex, AnchorKind } from './anchors/anchor.ts';
import { type Asked, ask, type Condition } from './asked.ts';
import { type Fields, fieldReader } from './fields.ts';
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

/** A way of a rule. Whoever asks of an event touches little more than this of a rule. */
interface Filed<Rule> {
  readonly rule: Rule;
  /** For rules with several ways. */
  readonly owner: Owner | undefined;
  readonly way: readonly Asked[];
  /** What is left to be asked where the value that led here, outside of any array, has answered one condition. */
  rest: readonly Asked[];
  /** The event it was last tried on. */
  tried: number;
}

interface Owner {
  /** The event it was last found for. */
  found: number;
}

export function indexRules<Rule extends { readonly pattern: Pattern }>(rules: readonly Rule[]): RuleIndex<Rule> {
  const paths = [...new Set(rules.flatMap(({ pattern }) => [...pattern.slots.keys()]))];
  const slots = new Map(paths.map((path, slot) => [path, slot]));
  const read = fieldReader(paths);
  const known = new Map<string, Asked>();
  const shared = sharer();
  const ways = rules.flatMap((rule) => {
    const owner: Owner | undefined = rule.pattern.ways.length > 1 ? { found: 0 } : undefined;
    return rule.pattern.ways.map((conditions) => {
      const way = shared(ask(conditions, slots, known));
      return {
        filed: { rule, owner, way, rest: way, tried: 0 } as Filed<Rule>,
        choices: conditions.flatMap((condition, i) => choice(condition, way[i] as Asked)),
      };
    });
  });

  const crowd = new Map<string, number>();
  const placeOf = (slot: number, { kind, place }: Anchor) => `${slot} ${kind.name} ${place}`;
  for (const { choices } of ways)
    for (const { asked, anchors } of choices)
      for (const anchor of anchors) {
        const place = placeOf(asked.slot, anchor);
        crowd.set(place, (crowd.get(place) ?? 0) + 1);
      }
  const crowded = ({ asked, anchors }: Choice) =>
    anchors.reduce((sum, anchor) => sum + (crowd.get(placeOf(asked.slot, anchor)) ?? 0), 0);

  const always: Filed<Rule>[] = [];
  const indexes: Map<AnchorKind, AnchorIndex<Filed<Rule>>>[] = paths.map(() => new Map());
  for (const { filed, choices } of ways) {
    const best = choices.reduce<Choice | undefined>(
      (least, one) => (least && crowded(least) <= crowded(one) ? least : one),
      undefined,
    );
    if (!best) always.push(filed);
    else if (best.decided) filed.rest = shared(filed.way.filter((asked) => asked !== best.asked));
    for (const { kind, key } of best?.anchors ?? []) {
      const there = indexes[best?.asked.slot as number] as Map<AnchorKind, AnchorIndex<Filed<Rule>>>;
      const index = there.get(kind) ?? kind.open<Filed<Rule>>();
      there.set(kind, index);
      index.file(key, filed);
    }
  }

  const perSlot = indexes.map((there) => [...there.values()]);

  let event = 0;
  let fields: Fields;
  let found: Rule[] = [];
  /** Of the field at hand: no array has a part in it, and it has one value. */
  let plain = false;

  function tryOne(one: Filed<Rule>): void {
    if (one.tried === event) return;
    one.tried = event;
    const { owner } = one;
    if (owner?.found === event || !holds(plain ? one.rest : one.way, fields)) return;
    if (owner) owner.found = event;
    found.push(one.rule);
  }

  return {
    find(raw) {
      event++;
      fields = read(raw);
      found = [];
      plain = false;
      for (const one of always) tryOne(one);
      for (const slot of fields.present) {
        const values = fields.at(slot);
        plain = values.length === 1 && values[0]?.place === undefined;
        for (const index of perSlot[slot] as AnchorIndex<Filed<Rule>>[])
          for (const { value } of values) index.find(value, tryOne);
      }
      return found;
    },
  };
}

/** One list for all lists of the same conditions. */
function sharer(): (way: readonly Asked[]) => readonly Asked[] {
  const numbers = new Map<Asked, number>();
  const lists = new Map<string, readonly Asked[]>();
  return (way) => {
    for (const asked of way) if (!numbers.has(asked)) numbers.set(asked, numbers.size);
    const key = way.map((asked) => numbers.get(asked)).join();
    const list = lists.get(key) ?? way;
    lists.set(key, list);
    return list;
  };
}

/** A condition that a way may be filed under, with the places where each of its tests is found. */
interface Choice {
  readonly asked: Asked;
  readonly anchors: readonly Anchor[];
  /** Whoever is led here by a value has met the condition. */
  readonly decided: boolean;
}

function choice({ tests }: Condition, asked: Asked): Choice[] {
  const anchors = tests.flatMap(({ anchor }) => anchor ?? []);
  const decided = tests.every((test) => test.decided);
  return anchors.length === tests.length ? [{ asked, anchors, decided }] : [];
}
