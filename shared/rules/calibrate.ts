/** Conditions whose meaning depends on all customers, found inside others and given their thresholds. */
import { compileCondition } from './compile-condition.ts';
import type { Basis, Condition } from './condition.ts';
import { open } from './look-up.ts';

/** What a condition needs to know of all customers. */
export interface Wanted {
  /** Of the measure: see CompiledCondition.measures. */
  readonly measure: string;
  /** The share of customers, 0 to 100, whose values lie below. */
  readonly percent: number;
  /** As the condition has it now. */
  readonly threshold: number | undefined;
}

/** All that is to be found out for this condition and those inside it. */
export function wantedBy(condition: Condition): readonly Wanted[] {
  const found: Wanted[] = [];
  settle(condition, (wanted) => {
    found.push(wanted);
    return undefined;
  });
  return found;
}

/**
 * The condition with the thresholds that `find` knows, the very same object when none is another than before: then its
 * old basis stays, too.
 */
export function settle(
  condition: Condition,
  find: (wanted: Wanted) => { readonly threshold: number; readonly basis: Basis } | undefined,
): Condition {
  const { operator, config } = open(condition);
  const put = (next: unknown): Condition => ({ [operator.name]: next }) as unknown as Condition;
  const { calibrate } = operator;
  const percent = calibrate?.percent(config);
  const measure = percent === undefined ? undefined : compileCondition(condition).measures[0]?.id;
  if (calibrate !== undefined && percent !== undefined && measure !== undefined) {
    const before = calibrate.threshold(config);
    const found = find({ measure, percent, threshold: before });
    if (found !== undefined && found.threshold !== before) {
      return put(calibrate.settle(config, found.threshold, found.basis));
    }
  }
  const parts = operator.parts(config);
  const settled = parts.map((part) => settle(part, find));
  if (operator.withParts === undefined || settled.every((part, i) => part === parts[i])) return condition;
  return put(operator.withParts(config, settled));
}
