/** Checks a made-up result of a service against the service's own model, as TestState does. */
import { isObject, type Json } from '../json.ts';

/** How long a text, or how large a number, may be. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** What a service's model says of a value. Members may be asked for late, since models refer to themselves. */
export type Shape =
  | { kind: 'structure'; members: ReadonlyMap<string, () => Shape>; required: readonly string[] }
  | { kind: 'list' | 'map'; of: () => Shape }
  /** Instants and bytes are texts in a state's data. */
  | { kind: 'string'; values?: readonly string[]; bounds?: Bounds }
  | { kind: 'number'; bounds?: Bounds }
  | { kind: 'boolean' }
  | { kind: 'any' };

/**
 * STRICT: all members that the model requires are there, and those that are there fit it. PRESENT: those that are there
 * fit it. NONE: nothing is checked. Members that the model does not know are always accepted.
 */
export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

const PREFIX = 'Mock result schema validation error:';

/** The first thing that is wrong, in AWS's words; undefined when the result fits. */
export function mockResultProblem(result: Json, shape: Shape, mode: FieldValidationMode): string | undefined {
  return mode === 'NONE' ? undefined : problem(result, shape, mode, undefined);
}

function problem(value: Json, shape: Shape, mode: FieldValidationMode, field: string | undefined): string | undefined {
  const mustBe = (what: string) =>
    field === undefined ? `${PREFIX} The result must be ${what}` : `${PREFIX} Field '${field}' must be ${what}`;
  switch (shape.kind) {
    case 'structure': {
      if (!isObject(value)) return mustBe('an object');
      const missing = mode === 'STRICT' ? shape.required.find((member) => !(member in value)) : undefined;
      if (missing !== undefined) return `${PREFIX} Required field '${missing}' is missing`;
      return first(Object.entries(value), ([name, member]) => {
        const known = shape.members.get(name);
        return known && problem(member, known(), mode, name);
      });
    }
    case 'list':
      if (!Array.isArray(value)) return mustBe('an array');
      return first(value, (item) => problem(item, shape.of(), mode, field));
    case 'map':
      if (!isObject(value)) return mustBe('an object');
      return first(Object.values(value), (item) => problem(item, shape.of(), mode, field));
    case 'string':
      if (typeof value !== 'string') return mustBe('a string');
      if (shape.values && !shape.values.includes(value)) return `${PREFIX} Field '${field}' is not an expected value`;
      return beyond([...value].length, shape.bounds, field, [
        'is smaller than the minimum length',
        'exceeds the maximum length',
      ]);
    case 'number':
      if (typeof value !== 'number') return mustBe('a number');
      return beyond(value, shape.bounds, field, ['is less than the minimum value', 'exceeds the maximum value']);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : mustBe('a boolean');
    case 'any':
      return undefined;
  }
}

function beyond(
  size: number,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds = {},
  field: string | undefined,
  [below, above]: [string, string],
): string | undefined {
  if (size >= min && size <= max) return undefined;
  return `${PREFIX} Field '${field}' ${size < min ? below : above}`;
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
