import { canonical } from './compile-condition.ts';
import type { Condition } from './condition.ts';
import { open } from './look-up.ts';
import type { Fact, Sure } from './operator.ts';

/** Another condition that holds exactly where this one does, if there is one: a segment's rule for the segment. */
export type SameAs = (condition: Condition) => Condition | undefined;

/**
 * What is sure of every customer of whom these facts are known, without knowing her: `true`, `false`, or undefined
 * where it may be either. Never wrong, but not complete: what follows only by arithmetic, or by two facts together, is
 * undefined.
 */
export function sureOf(facts: readonly Fact[], sameAs: SameAs = () => undefined): Sure {
  const known = new Map<string, boolean>();
  const learn = ([condition, holds]: Fact): void => {
    const name = canonical(condition);
    if (known.has(name)) return;
    known.set(name, holds);
    const same = sameAs(condition);
    if (same !== undefined) learn([same, holds]);
    const { operator, config } = open(condition);
    operator.implies?.(config, holds).forEach(learn);
  };
  facts.forEach(learn);
  const sure: Sure = (condition) => {
    const { operator, config } = open(condition);
    const same = sameAs(condition);
    return known.get(canonical(condition)) ?? (same === undefined ? operator.sure?.(config, sure) : sure(same));
  };
  return sure;
}

/** Once it holds, it holds for ever. */
export function lastsForEver(condition: Condition): boolean {
  const { operator, config } = open(condition);
  return operator.lasts?.(config, lastsForEver) ?? false;
}

/** The condition and all that lie inside it, the innermost first. */
export function partsOf(condition: Condition): readonly Condition[] {
  const { operator, config } = open(condition);
  return [...operator.parts(config).flatMap(partsOf), condition];
}
