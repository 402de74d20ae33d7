/** Writing JSONata for Step Functions (2.0.6: no `??`, no `?:`). Strings in single quotes, so that definitions stay readable. */

/** The execution's input: ids only. */
export const INPUT = '$states.context.Execution.Input';
export const ENTERED = '$states.context.State.EnteredTime';

/** A string literal. */
export const text = (value: string): string =>
  `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** Marks an expression as one, inside a definition. */
export const expression = (code: string): string => `{% ${code} %}`;

/** An ISO 8601 instant this many seconds after another. */
export const plusSeconds = (instant: string, seconds: number): string =>
  `$fromMillis($toMillis(${instant}) + ${seconds * 1000})`;
