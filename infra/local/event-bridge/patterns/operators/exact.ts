import type { Scalar, ValueTest } from '../operator.ts';

/** A plain value in the list of a field. Numbers are equal by value: 300 and 3.0e2 are one. */
export const exact = (expected: Scalar): ValueTest => ({ matches: (value) => value === expected, equals: expected });
