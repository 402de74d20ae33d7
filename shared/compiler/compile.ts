/** The compiler's table of contents. Each pass says at its head what comes in and what goes out. */
import { hasErrors } from '../diagnostics.ts';
import { graphOf } from '../journey/graph.ts';
import { parseJourney } from '../journey/parse.ts';
import { check } from './check.ts';
import { checkProgram } from './check-program.ts';
import { found } from './diagnostics.ts';
import { emit } from './emit.ts';
import { estimate } from './estimate.ts';
import { link } from './link.ts';
import { lower } from './lower.ts';
import { STATE } from './machine-states.ts';
import { normalise } from './normalise.ts';
import type { Compiled, CompileOptions } from './program.ts';
import { tidy } from './tidy.ts';
import { assertSound } from './verify.ts';

/** Step Functions takes definitions of at most 1 MB. */
export const MAX_DEFINITION_BYTES = 1_000_000;

/**
 * Compiles a journey document (of any age; it is brought up to date first) to a state machine. User mistakes come back
 * as diagnostics with node and field; throws only when a node kind or this compiler is broken.
 */
export function compile(document: unknown, options: CompileOptions): Compiled {
  const parsed = parseJourney(document);
  if (!parsed.ok) return { ok: false, diagnostics: parsed.diagnostics };

  const graph = graphOf(parsed.journey);
  const drawn = [...parsed.diagnostics, ...check(graph, options)];
  if (hasErrors(drawn)) return { ok: false, diagnostics: drawn };

  const plan = normalise(graph);
  const linked = link(plan, lower(plan));
  const diagnostics = [...drawn, ...checkProgram(linked)];
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };

  const tidied = tidy(linked);
  const { asl, map } = emit(tidied, options);
  const bytes = new TextEncoder().encode(JSON.stringify(asl)).length;
  if (bytes > MAX_DEFINITION_BYTES) {
    return { ok: false, diagnostics: [...diagnostics, found.definitionTooLarge(bytes)] };
  }
  assertSound(asl, options.functions);
  return {
    ok: true,
    asl,
    map,
    estimate: estimate(tidied.program, asl.StartAt === STATE.entry || asl.StartAt === STATE.begin),
    diagnostics,
  };
}
