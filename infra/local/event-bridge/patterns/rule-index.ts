import { matchesNested, someScalar } from './match.ts';
import { nestDots } from './nest-dots.ts';
import type { Scalar } from './operator.ts';
import type { Pattern } from './pattern.ts';

/**
 * Finds the rules that an event matches without trying every rule: each rule is filed under one field that must equal
 * one of a few values, the field and values by which the fewest other rules are filed. Only rules without such a field
 * are tried on every event.
 */
export interface RuleIndex<Rule> {
  find(event: unknown): Rule[];
}

interface Anchor {
  readonly path: readonly string[];
  readonly values: readonly Scalar[];
}

export function indexRules<Rule extends { readonly pattern: Pattern }>(rules: readonly Rule[]): RuleIndex<Rule> {
  const crowd = new Map<string, number>();
  const choices = rules.map((rule) => ({ rule, anchors: anchorsOf(rule.pattern) }));
  const count = (path: string, value: Scalar) => crowd.get(`${path}\u0000${typeof value}\u0000${value}`) ?? 0;
  for (const { anchors } of choices)
    for (const { path, values } of anchors)
      for (const value of values) {
        const key = `${path.join('\u0001')}\u0000${typeof value}\u0000${value}`;
        crowd.set(key, (crowd.get(key) ?? 0) + 1);
      }

  const fields = new Map<string, { path: readonly string[]; filed: Map<Scalar, Rule[]> }>();
  const always: Rule[] = [];
  for (const { rule, anchors } of choices) {
    let best: Anchor | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const anchor of anchors) {
      const path = anchor.path.join('\u0001');
      const crowded = anchor.values.reduce<number>((sum, value) => sum + count(path, value), 0);
      if (crowded < least) [best, least] = [anchor, crowded];
    }
    if (!best) {
      always.push(rule);
      continue;
    }
    const name = best.path.join('\u0001');
    const field = fields.get(name) ?? { path: best.path, filed: new Map<Scalar, Rule[]>() };
    fields.set(name, field);
    for (const value of new Set(best.values)) {
      const filed = field.filed.get(value);
      if (filed) filed.push(rule);
      else field.filed.set(value, [rule]);
    }
  }

  return {
    find(raw) {
      const event = nestDots(raw);
      const found = always.filter((rule) => matchesNested(rule.pattern, event));
      const tried = new Set<Rule>();
      for (const { path, filed } of fields.values()) {
        eachAt(event, path, 0, (scalar) => {
          for (const rule of filed.get(scalar) ?? []) {
            if (tried.has(rule)) continue;
            tried.add(rule);
            if (matchesNested(rule.pattern, event)) found.push(rule);
          }
        });
      }
      return found;
    },
  };
}

/** The fields that must be equal to one of some values for the pattern to hold. */
function anchorsOf(pattern: Pattern, path: readonly string[] = []): Anchor[] {
  return pattern.fields.flatMap((condition) => {
    const here = [...path, condition.field];
    if ('inside' in condition) return anchorsOf(condition.inside, here);
    const values = condition.tests.map((test) => test.equals);
    return values.every((value) => value !== undefined) ? [{ path: here, values: values as Scalar[] }] : [];
  });
}

function eachAt(value: unknown, path: readonly string[], depth: number, tell: (scalar: Scalar) => void): void {
  if (depth === path.length) {
    someScalar(value, (scalar) => {
      tell(scalar);
      return false;
    });
  } else if (Array.isArray(value)) {
    for (const element of value) eachAt(element, path, depth, tell);
  } else if (typeof value === 'object' && value !== null) {
    const field = path[depth] as string;
    if (Object.hasOwn(value, field)) eachAt((value as Record<string, unknown>)[field], path, depth + 1, tell);
  }
}
