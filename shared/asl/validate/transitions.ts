/** Next, End, Default, Catch and Choices: everything leads somewhere, and everything can be reached. */
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Place } from './walk.ts';

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Where a state can go, with the place of the field that says so. */
function targetsOf(raw: JsonObject): { target: Json; at: string; field: string }[] {
  const targets: { target: Json; at: string; field: string }[] = [];
  const add = (target: Json | undefined, at: string, field: string) => {
    if (target !== undefined) targets.push({ target, at, field });
  };
  add(raw.Next, '/Next', 'Next');
  add(raw.Default, '/Default', 'Default');
  for (const [i, rule] of list(raw.Choices).entries()) add(rule.Next, `/Choices[${i}]/Next`, 'Next');
  for (const [i, catcher] of list(raw.Catch).entries()) add(catcher.Next, `/Catch[${i}]/Next`, 'Next');
  return targets;
}

export function checkTransitions(place: Place): void {
  const { raw, kind, names, report, at } = place;
  for (const { target, at: where, field } of targetsOf(raw)) {
    if (typeof target !== 'string' || !names.has(target)) {
      report(`Missing '${field}' target: ${String(target)}`, `${at}${where}`, 'MISSING_TRANSITION_TARGET');
    }
  }
  if (kind.flow !== 'next-or-end') return;
  if (raw.Next === undefined && raw.End !== true) report('These fields are required: [Next]', at);
  if (raw.Next !== undefined && raw.End !== undefined) report("Only one of 'Next' and 'End' may be given", at);
}

/** Names of states that no path from StartAt reaches. */
export function unreachable(states: JsonObject, startAt: string): string[] {
  const seen = new Set<string>();
  const open = [startAt];
  while (open.length > 0) {
    const name = open.pop() as string;
    const raw = states[name];
    if (seen.has(name) || !isObject(raw)) continue;
    seen.add(name);
    for (const { target } of targetsOf(raw)) if (typeof target === 'string') open.push(target);
  }
  return Object.keys(states).filter((name) => !seen.has(name));
}
