/**
 * Names that a JSONata expression looks up in the data it is given as a whole. Step Functions gives it none (input,
 * result and context stand in `$states`, variables are `$name`), so AWS refuses an expression that begins with one.
 */
interface Node {
  type?: string;
  value?: unknown;
  steps?: Node[];
  /** Filters of a step. */
  predicate?: Node[];
  stages?: Node[];
  group?: unknown;
  [member: string]: unknown;
}

/** Each name once, in the order in which they stand. */
export function topLevelReferences(ast: unknown): string[] {
  const names = new Set<string>();
  walk(ast, false, names);
  return [...names];
}

/** `inside`: there is data that names are looked up in, since a step of a path came before. */
function walk(given: unknown, inside: boolean, names: Set<string>): void {
  if (Array.isArray(given)) {
    for (const item of given) walk(item, inside, names);
    return;
  }
  if (typeof given !== 'object' || given === null) return;
  const { type, value, steps, predicate, stages, group, ...rest } = given as Node;
  if (type === 'name' && !inside && typeof value === 'string') names.add(value);
  // The whole of the data, wherever it is asked for.
  if (type === 'variable' && value === '$') names.add('$$');
  if (Array.isArray(steps)) {
    for (const [i, step] of steps.entries()) walk(step, inside || i > 0, names);
  } else if (type !== 'regex' && typeof value === 'object') walk(value, inside, names);
  // What stands behind a step (filters, grouping, ordering) is about what the step gave.
  walk(predicate, true, names);
  walk(stages, true, names);
  walk(group, true, names);
  for (const member of Object.values(rest)) {
    const behind = type === 'sort' || type === 'transform';
    walk(member, inside || behind, names);
  }
}

/** The members of `$states` that an expression reads by name, each once. */
export function membersOfStates(ast: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(ast)) for (const item of ast) membersOfStates(item, found);
  if (typeof ast !== 'object' || ast === null || Array.isArray(ast)) return found;
  const { type, steps } = ast as Node;
  const [first, second] = Array.isArray(steps) ? steps : [];
  if (type === 'path' && first?.type === 'variable' && first.value === 'states' && second?.type === 'name')
    found.add(String(second.value));
  for (const child of Object.values(ast)) membersOfStates(child, found);
  return found;
}
