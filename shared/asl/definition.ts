/** What state kinds and the compiler of definitions both need. */

/** Thrown for a definition that cannot run at all. Validate first (validate/): it tells all that is wrong, and where. */
export class DefinitionError extends Error {}

/** The path of a machine inside a state. */
export function partPath(state: { path: string; name: string }, part: string): string {
  return `${state.path}/${state.name}#${part}`;
}
