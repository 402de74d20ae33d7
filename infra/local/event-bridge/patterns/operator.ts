/** A value at the end of a path in an event. */
export type Scalar = string | number | boolean | null;

/** One alternative in the list of a field, ready to be asked. */
export interface ValueTest {
  matches(value: Scalar): boolean;
  /** True when the alternative holds for a field that is not there. */
  readonly whenAbsent?: boolean;
  /** The values that it is equal to, where it is nothing but that: such fields can be indexed. */
  readonly equals?: Scalar;
}

/** An operator of EventBridge's pattern language: `[{ "<name>": <operand> }]`. */
export interface PatternOperator {
  readonly name: string;
  /** Throws InvalidPattern for an operand that AWS refuses. */
  parse(operand: unknown): ValueTest;
}

/** Why a pattern is refused; the reason is AWS's own wording where it is known. */
export class InvalidPattern extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`);
    this.name = 'InvalidPattern';
    this.reason = reason;
  }
}

/** The only member of an object, or undefined when it is no object or has another number of members. */
export function onlyMember(value: unknown): [string, unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.length === 1 ? entries[0] : undefined;
}

/** A test of strings; other kinds of values do not match. */
export const onStrings = (matches: (value: string) => boolean): ValueTest => ({
  matches: (value) => typeof value === 'string' && matches(value),
});
