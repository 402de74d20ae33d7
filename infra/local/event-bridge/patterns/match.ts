import { nestDots } from './nest-dots.ts';
import type { Scalar, ValueTest } from './operator.ts';
import type { FieldCondition, Pattern } from './pattern.ts';

/**
 * Does the event hold what the pattern asks for? Arrays in the event match by any of their elements, and conditions on
 * the fields of one object in an array must hold for the same object.
 */
export function matches(pattern: Pattern, event: unknown): boolean {
  return matchesNested(pattern, nestDots(event));
}

/** As matches(), for an event that went through nestDots() already. */
export function matchesNested(pattern: Pattern, event: unknown): boolean {
  return typeof event === 'object' && event !== null && holds(pattern, event as Record<string, unknown>);
}

function holds(pattern: Pattern, object: Readonly<Record<string, unknown>>): boolean {
  return (
    pattern.fields.every((condition) => fieldHolds(condition, own(object, condition.field))) &&
    pattern.anyOf.every((group) => group.some((alternative) => holds(alternative, object)))
  );
}

const own = (object: Readonly<Record<string, unknown>>, field: string) =>
  Object.hasOwn(object, field) ? object[field] : undefined;

function fieldHolds(condition: FieldCondition, value: unknown): boolean {
  if ('tests' in condition) {
    let any = false;
    const found = someScalar(value, (scalar) => {
      any = true;
      return condition.tests.some((test) => test.matches(scalar));
    });
    return found || (!any && condition.tests.some(absent));
  }
  return someObject(value, (object) => holds(condition.inside, object)) || absentInside(condition.inside, value);
}

const absent = (test: ValueTest) => test.whenAbsent === true;

/** A pattern below a field that is not there holds when all it asks for is absence. */
function absentInside(pattern: Pattern, value: unknown): boolean {
  if (someObject(value, () => true)) return false;
  return (
    pattern.fields.every((condition) =>
      'tests' in condition ? condition.tests.some(absent) : absentInside(condition.inside, undefined),
    ) && pattern.anyOf.every((group) => group.some((alternative) => absentInside(alternative, undefined)))
  );
}

/** Asks the value itself, or the elements of an array, however deep. */
export function someScalar(value: unknown, ask: (scalar: Scalar) => boolean): boolean {
  if (Array.isArray(value)) return value.some((element) => someScalar(element, ask));
  if (value === undefined || (typeof value === 'object' && value !== null)) return false;
  return ask(value as Scalar);
}

function someObject(value: unknown, ask: (object: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (Array.isArray(value)) return value.some((element) => someObject(element, ask));
  return typeof value === 'object' && value !== null && ask(value as Record<string, unknown>);
}
