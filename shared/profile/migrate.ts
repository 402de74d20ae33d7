import type { CompiledRuleset } from '../tags/index.ts';
import { EMPTY_MEMORY, type Mark, type Memory } from './memory.ts';

/**
 * The memory as another ruleset finds it. Memories of rules that stayed as they were (same operator and configuration)
 * are kept; those of rules that are gone are dropped; new rules begin empty and see what happens from now on. What was
 * open is settled: the past is not judged by rules that did not exist.
 */
export function migrate(memory: Memory, rules: CompiledRuleset): Memory {
  const known = new Map(memory.layout.map((id, slot) => [id, memory.mem[slot]]));
  return {
    ...EMPTY_MEMORY,
    ...(memory.last === undefined ? {} : { last: memory.last }),
    rules: rules.version,
    layout: rules.layout,
    mem: rules.layout.map((id) => known.get(id) ?? null),
    fam: Object.fromEntries(Object.entries(memory.fam).filter(([key]) => isKnown(key, rules))),
    marks: Object.fromEntries<Mark>(Object.entries(memory.marks).filter(([key]) => rules.unitOf(key) !== undefined)),
  };
}

function isKnown(key: string, rules: CompiledRuleset): boolean {
  if (key.startsWith('#')) return rules.units.some((unit) => unit.family !== undefined && `#${unit.id}` === key);
  return rules.familyLeafIds.has(key.slice(0, key.indexOf('|')));
}
