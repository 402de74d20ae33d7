import type { CompiledRuleset } from '../tags/index.ts';
import type { Draft } from './draft.ts';

/**
 * Prepares a head for another ruleset. Memories of rules that stayed as they were (same operator and configuration) are
 * kept; those of rules that are gone are dropped; new rules begin empty and see what happens from now on. What was open
 * is settled first: the past is not judged by rules that did not exist.
 */
export function migrate(draft: Draft, rules: CompiledRuleset): void {
  for (const key of Object.keys(draft.section('due'))) draft.put('due', key, undefined);
  for (const key of Object.keys(draft.section('mem'))) {
    if (!isKnown(key, rules)) draft.put('mem', key, undefined);
  }
  for (const key of Object.keys(draft.section('marks'))) {
    if (rules.unitOf(key) === undefined) draft.put('marks', key, undefined);
  }
  draft.settle();
}

function isKnown(key: string, rules: CompiledRuleset): boolean {
  if (key.startsWith('#')) return rules.units.some((unit) => unit.family !== undefined && `#${unit.id}` === key);
  const bar = key.indexOf('|');
  return rules.leafIds.has(bar < 0 ? key : key.slice(0, bar));
}
