/** Thrown for a text that is no JSONPath. */
export class PathSyntaxError extends Error {}
