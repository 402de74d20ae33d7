/**
 * Input: the linked program. Output: what is wrong with how it would run: loops in which nobody ever waits, waits longer
 * than an execution may live.
 */

import type { Diagnostic } from '../diagnostics.ts';
import { titleOf } from '../journey/title-of.ts';
import { found } from './diagnostics.ts';
import { YEAR_SECONDS } from './emit.ts';
import { plainEvents, walkProgram } from './estimate.ts';
import type { Program, ProgramState } from './program.ts';
import { leads } from './tidy.ts';

export function checkProgram(program: Program): Diagnostic[] {
  return [...loops(program), ...endless(program), ...fastLoops(program), ...lengths(program)];
}

/** Arrows along which no time need pass. An awaited thing may be there already; only the time limit is sure to wait. */
function atOnce(state: ProgramState): string[] {
  if (state.it.type === 'wait' || state.it.type === 'pause') return [];
  const arrows = state.it.type === 'await' ? [state.next!] : leads(state);
  return arrows.flatMap((t) => ('state' in t ? [t.state] : []));
}

/** One diagnostic for each group of states that can be gone round without waiting. */
function loops(program: Program): Diagnostic[] {
  const behind = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = atOnce(program.states.get(from)!);
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(...atOnce(program.states.get(key)!));
    }
    return seen;
  };
  const told = new Set<string>();
  return [...program.states.values()].flatMap((state) => {
    if (!program.plan.graph.onLoop(state.node) || told.has(state.node)) return [];
    const group = behind(state.key);
    if (!group.has(state.key)) return [];
    for (const key of group) told.add(program.states.get(key)!.node);
    return [found.loopWithoutWait(state.node, titleOf(program.plan.graph.node(state.node)!.node))];
  });
}

/** Loops from which no way leads to an end. With goals or exits that end the journey from outside it is only told of. */
function endless(program: Program): Diagnostic[] {
  const states = [...program.states.values()];
  const before = new Map<string, string[]>();
  const ends = new Set<string>();
  for (const state of states) {
    const to = leads(state);
    if (to.length === 0 || to.some((t) => 'end' in t)) ends.add(state.key);
    for (const t of to) if ('state' in t) before.set(t.state, [...(before.get(t.state) ?? []), state.key]);
  }
  const open = [...ends];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const from of before.get(key) ?? []) if (!ends.has(from) && ends.add(from)) open.push(from);
  }
  const stuck = states.find((s) => !ends.has(s.key) && program.plan.graph.onLoop(s.node));
  if (!stuck) return [];
  const { journey } = program.plan.graph;
  const calls = states.some((s) => s.it.type === 'step' || s.it.type === 'await');
  const title = titleOf(program.plan.graph.node(stuck.node)!.node);
  const fromOutside = calls && journey.goals.length + journey.exits.length > 0;
  return [fromOutside ? found.loopWithoutEnd(stuck.node, title) : found.endless(stuck.node, title)];
}

/** Step Functions ends an execution at this many events. */
const MAX_HISTORY_EVENTS = 25_000;

/** A round is reckoned as everything in the loop once: close for plain loops, too slow for those with short cuts. */
function fastLoops(program: Program): Diagnostic[] {
  return program.plan.graph.loops.flatMap((loop) => {
    const states = [...program.states.values()].filter((s) => loop.includes(s.node));
    const seconds = states.reduce(
      (sum, s) => sum + (s.it.type === 'wait' ? s.it.holds.typical : s.it.type === 'await' ? s.it.seconds : 0),
      0,
    );
    const events = states.reduce((sum, s) => sum + plainEvents(s), 0);
    const lasts = (MAX_HISTORY_EVENTS / events) * seconds;
    if (states.length === 0 || seconds === 0 || lasts >= YEAR_SECONDS) return [];
    const first = program.plan.graph.node(states[0]!.node)!;
    return [found.loopTooFast(first.node.id, titleOf(first.node), Math.floor(lasts / 86_400))];
  });
}

function lengths(program: Program): Diagnostic[] {
  const single = [...program.states.values()].flatMap(({ it, node }) => {
    const seconds = it.type === 'wait' || it.type === 'pause' ? it.holds.atMost : it.type === 'await' ? it.seconds : 0;
    return seconds > YEAR_SECONDS ? [found.waitTooLong(node, titleOf(program.plan.graph.node(node)!.node))] : [];
  });
  if (single.length > 0) return single;
  const { seconds } = walkProgram(program).most;
  return seconds > YEAR_SECONDS ? [found.pathTooLong(Math.ceil(seconds / 86_400))] : [];
}
