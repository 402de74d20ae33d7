import { InvalidPattern, onlyMember, type Scalar, type ValueTest } from './operator.ts';
import { exact } from './operators/exact.ts';
import { OPERATORS } from './operators/index.ts';

/** A parsed pattern: conditions on fields, all of which must hold. */
export interface Pattern {
  readonly fields: readonly FieldCondition[];
  /** Of each group at least one pattern must hold. */
  readonly anyOf: readonly (readonly Pattern[])[];
}

export type FieldCondition =
  | { readonly field: string; readonly tests: readonly ValueTest[] }
  | { readonly field: string; readonly inside: Pattern };

/** Parses a pattern given as text or as JSON. Throws InvalidPattern. */
export function parsePattern(source: string | unknown): Pattern {
  const json = typeof source === 'string' ? parseText(source) : source;
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new InvalidPattern('Filter is not an object');
  return parseObject(json as Record<string, unknown>);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidPattern(error instanceof Error ? error.message : String(error));
  }
}

/** To AWS a path is one name joined by dots: `{"a.b": …}` and `{"a": {"b": …}}` are the same pattern. */
function parseObject(json: Record<string, unknown>): Pattern {
  const entries = Object.entries(json);
  if (entries.length === 0) throw new InvalidPattern('Empty objects are not allowed');
  const pattern: Draft = { fields: [], anyOf: [] };
  for (const [name, value] of entries) {
    if (name === '$or' && isAlternatives(value)) {
      pattern.anyOf.push(value.map(parseObject));
      continue;
    }
    const path = name.split('.');
    const field = path.pop() as string;
    let at = pattern;
    for (const step of path) at = below(at, step);
    if (Array.isArray(value)) at.fields.push({ field, tests: parseTests(value) });
    else if (typeof value === 'object' && value !== null) {
      const inside = parseObject(value as Record<string, unknown>);
      const target = below(at, field);
      target.fields.push(...inside.fields);
      target.anyOf.push(...inside.anyOf);
    } else throw new InvalidPattern(`"${name}" must be an object or an array`);
  }
  return pattern;
}

interface Draft extends Pattern {
  readonly fields: FieldCondition[];
  readonly anyOf: (readonly Pattern[])[];
}

/** The pattern below a field, made where it is not there yet: conditions on one object stay together. */
function below(pattern: Draft, field: string): Draft {
  for (const condition of pattern.fields)
    if (condition.field === field && 'inside' in condition) return condition.inside as Draft;
  const inside: Draft = { fields: [], anyOf: [] };
  pattern.fields.push({ field, inside });
  return inside;
}

/** `$or` is a field like any other unless it holds two or more patterns. */
function isAlternatives(value: unknown): value is Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length < 2) return false;
  return value.every(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      !Array.isArray(item) &&
      Object.keys(item).length > 0 &&
      !Object.keys(item).some((key) => OPERATORS.has(key)),
  );
}

function parseTests(list: readonly unknown[]): ValueTest[] {
  if (list.length === 0) throw new InvalidPattern('Empty arrays are not allowed');
  return list.map((item) => {
    if (Array.isArray(item)) throw new InvalidPattern('Match value must be String, number, true, false, or null');
    if (typeof item !== 'object' || item === null) return exact(item as Scalar);
    const member = onlyMember(item);
    if (!member) throw new InvalidPattern('Only one key allowed in match expression');
    const operator = OPERATORS.get(member[0]);
    if (!operator) throw new InvalidPattern(`Unrecognized match type ${member[0]}`);
    return operator.parse(member[1]);
  });
}
