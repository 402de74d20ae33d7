import type { Anchor } from './anchors/anchor.ts';
import type { Scalar } from './scalar.ts';

/** One alternative in the list of a field, ready to be asked. */
export interface ValueTest {
  matches(value: Scalar): boolean;
  /** True when the alternative holds for a field that is not there. */
  readonly whenAbsent?: boolean;
  /**
   * Where an index finds the alternative from a value: every value that matches leads there. None where the field need
   * not be there at all.
   */
  readonly anchor?: Anchor;
  /** True where the anchor says it all: every value that leads there matches. */
  readonly decided?: true;
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

/** A test of strings; other kinds of values do not match. */
export const onStrings = (
  matches: (value: string) => boolean,
  anchor: Anchor,
  more: Pick<ValueTest, 'decided'> = {},
): ValueTest => ({
  matches: (value) => typeof value === 'string' && matches(value),
  anchor,
  ...more,
});
