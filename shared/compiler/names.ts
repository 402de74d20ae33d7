import { nodeKind } from '../nodes/index.ts';
import type { Program } from './program.ts';

/** Step Functions: 1 to 80 characters. */
export const MAX_STATE_NAME = 80;
/** What is not allowed in names of executions and machines, and better left out here too, for logs and the CLI. */
const UNSAFE = /[\p{Cc}\p{Cf}<>{}[\]?*"'#%\\^|~`$&,;:/]+/gu;

/** A title as AWS and logs like it. */
export const safeTitle = (title: string): string => title.replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();

/** The roles that are the node itself; the others get a word behind. */
const PLAIN_ROLES = ['step', 'await', 'choose', 'end'];

/** Names of all states: `<title> (<node id>)`, and for a node's further states ` <role>` behind. Unique, because ids are. */
export function stateNames(program: Program): Map<string, string> {
  const rolesOf = Map.groupBy(program.states.values(), (s) => s.node);
  return new Map(
    [...program.states.values()].map((state) => {
      const { node } = program.plan.graph.node(state.node)!;
      const alone = rolesOf.get(state.node)!.length === 1;
      const suffix = ` (${node.id})${alone || PLAIN_ROLES.includes(state.it.role) ? '' : ` ${state.it.role}`}`;
      const title = safeTitle(node.title ?? '') || nodeKind(node.kind)!.face.title.zh;
      return [state.key, `${cut(title, MAX_STATE_NAME - suffix.length)}${suffix}`];
    }),
  );
}

/** Cuts to a number of UTF-16 units, never through a character. */
function cut(text: string, most: number): string {
  let kept = '';
  for (const letter of text) {
    if (kept.length + letter.length > most) break;
    kept += letter;
  }
  return kept.trimEnd();
}
