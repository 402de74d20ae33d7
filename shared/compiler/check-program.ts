/**
 * Input: the linked program. Output: what is wrong with how it would run: loops in which nobody ever waits, waits longer
 * than an execution may live.
 */
import type { Diagnostic } from '../diagnostics.ts';
import { titleOf } from './check.ts';
import { found } from './diagnostics.ts';
import { YEAR_SECONDS } from './emit.ts';
import { walkProgram } from './estimate.ts';
import type { Program, ProgramState } from './program.ts';
import { leads } from './tidy.ts';

export function checkProgram(program: Program): Diagnostic[] {
  return [...loops(program), ...lengths(program)];
}

/** Arrows along which no time need pass. An awaited thing may be there already; only the time limit is sure to wait. */
function atOnce(state: ProgramState): string[] {
  if (state.it.type === 'wait') return [];
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
    return [found.loopWithoutWait(state.node, titleOf(program.plan.graph.node(state.node)!))];
  });
}

function lengths(program: Program): Diagnostic[] {
  const single = [...program.states.values()].flatMap(({ it, node }) => {
    const seconds = it.type === 'wait' ? it.holds.atMost : it.type === 'await' ? it.seconds : 0;
    return seconds > YEAR_SECONDS ? [found.waitTooLong(node, titleOf(program.plan.graph.node(node)!))] : [];
  });
  if (single.length > 0) return single;
  const { seconds } = walkProgram(program).most;
  return seconds > YEAR_SECONDS ? [found.pathTooLong(Math.ceil(seconds / 86_400))] : [];
}
