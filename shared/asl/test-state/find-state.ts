import type { Machine } from '../machine.ts';

/** Where a state of this name stands, at the top or inside a Parallel or Map state (names are unique in a definition). */
export function findState(machine: Machine, name: string): { path: string; state: string } | undefined {
  for (const sub of machine.subs.values()) if (sub.states.has(name)) return { path: sub.path, state: name };
  return undefined;
}
