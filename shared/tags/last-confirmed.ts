import type { CustomerEvent } from '../events/index.ts';
import { readKeys, toSeen } from '../rules/index.ts';
import type { CompiledRuleset } from './compile-ruleset.ts';
import { familyLevels } from './family-levels.ts';

/**
 * When a tag that is held was last confirmed (S38): by the newest event since then that its own rule counts, else by its
 * coming. Nothing is kept for it; it is read from her kept events when somebody looks.
 *
 * @param since when she got it, ISO 8601, UTC
 * @param events her kept events, the newest first; of who does much the newest are enough
 */
export function lastConfirmed(
  key: string,
  since: string,
  events: readonly CustomerEvent[],
  rules: CompiledRuleset,
): string {
  const found = rules.unitOf(key);
  const level = found?.unit.levels.find((one) => found.value !== undefined || one.key === key);
  const leaves = level?.check?.leaves ?? [];
  const { by, split } = found?.unit.family ?? {};
  const confirms = (event: CustomerEvent): boolean => {
    const seen = toSeen(event);
    if (by !== undefined && !familyLevels(readKeys(seen, by), split).includes(found?.value ?? '')) return false;
    return leaves.some(({ listens: { names, except }, counts }) => {
      const hears = (names === '*' || names.includes(event.name)) && !except.includes(event.name);
      return hears && counts?.(seen) === true;
    });
  };
  return events.find((event) => event.at > since && confirms(event))?.at ?? since;
}
