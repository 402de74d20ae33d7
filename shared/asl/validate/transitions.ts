/** Next, End, Default, Catch and Choices: everything leads somewhere, everything can be reached, and it ends. */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { STATE_KINDS } from '../states/index.ts';
import type { Report } from './diagnostic.ts';
import type { Place } from './walk.ts';

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Where a state can go, with the place of the field that says so. */
function targetsOf(raw: JsonObject): { target: Json; at: string }[] {
  const targets: { target: Json; at: string }[] = [];
  const add = (target: Json | undefined, at: string) => {
    if (target !== undefined) targets.push({ target, at });
  };
  add(raw.Next, '/Next');
  for (const [i, rule] of list(raw.Choices).entries()) add(rule.Next, `/Choices[${i}]/Next`);
  add(raw.Default, '/Default');
  for (const [i, catcher] of list(raw.Catch).entries()) add(catcher.Next, `/Catch[${i}]/Next`);
  return targets;
}

/** AWS calls every target 'Next', whichever field names it. */
function missing(target: Json): string {
  return `Missing 'Next' target: ${String(target)}`;
}

export function checkTransitions(place: Place): void {
  const { raw, kind, names, report, at } = place;
  for (const { target, at: where } of targetsOf(raw)) {
    if (typeof target !== 'string' || !names.has(target))
      report(missing(target), `${at}${where}`, 'MISSING_TRANSITION_TARGET');
  }
  if (kind.flow !== 'next-or-end') return;
  if (raw.Next === undefined && raw.End !== true) report('These fields are required: [Next]', at);
}

/** The ways through one machine: from its start to an end, leaving no state out. */
export function checkGraph(states: JsonObject, startAt: Json | undefined, at: string, report: Report): void {
  const known = typeof startAt === 'string' && Object.hasOwn(states, startAt);
  if (typeof startAt === 'string' && !known) report(missing(startAt), `${at}/StartAt`, 'MISSING_TRANSITION_TARGET');
  // Asked of the whole only, not of machines inside a state.
  if (at === '' && Object.keys(states).length > 0 && !Object.values(states).some(endsThere)) {
    // AWS says no more of the ways through such a machine.
    report('Workflow has no terminal state', undefined, 'MISSING_END_STATE');
    return;
  }
  if (typeof startAt !== 'string') return;
  for (const name of unreachable(states, startAt))
    report(`State "${name}" is not reachable.`, `${at}/States/${name}`, 'MISSING_TRANSITION_TARGET');
}

function endsThere(raw: Json): boolean {
  if (!isObject(raw)) return false;
  return raw.End === true || STATE_KINDS[raw.Type as keyof typeof STATE_KINDS]?.flow === 'end';
}

function unreachable(states: JsonObject, startAt: string): string[] {
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
