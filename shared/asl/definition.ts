/** Thrown for a definition that cannot run at all. Validate first (validate/): it tells all that is wrong, and where. */
export class DefinitionError extends Error {}
