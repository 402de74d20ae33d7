import { msOf } from '../instants.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import { holdsTag } from './held.ts';
import type { CustomerState } from './state.ts';
import { memoryOf } from './state-text.ts';

/**
 * The values by which this customer is compared with others, by measure id, as they are at `now` (ISO 8601, UTC); only
 * those that she has. What the rules in force do not remember of her yet is not there.
 */
export function measuresOf(state: CustomerState, rules: CompiledRuleset, now: string): ReadonlyMap<string, number> {
  const { head } = memoryOf(state, rules, false).memory;
  const sight = {
    at: msOf(now),
    traits: head.traits,
    mem: head.pages,
    hasTag: (key: string) => holdsTag(head, key, rules),
  };
  const found = new Map<string, number>();
  for (const { id, read } of rules.measures) {
    const value = read(sight);
    if (value !== undefined) found.set(id, value);
  }
  return found;
}
