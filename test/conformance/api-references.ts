/** `{{rN}}` in a script's parameters and matches: a step's answer or error, and a path into it. */
import type { AwsError } from '../../infra/local/time-source.ts';

export type Operation =
  | { get: string | number }
  | { attr: string }
  | { error: string }
  | { call: string; args: unknown[] }
  | { slice: [number | null, number | null] }
  | { comprehension: true };
export type References = Record<string, { step?: number; ops: Operation[] }>;

/** What a step came to. */
export type Outcome = { answer: unknown } | { error: AwsError; operation: string };

/** The error as the recorder's own client showed it. */
function errorView(outcome: Extract<Outcome, { error: AwsError }>, what: string): unknown {
  const { error, operation } = outcome;
  if (what === 'typename') return error.code;
  if (error.code === 'ParamValidationError') return error.message;
  return `An error occurred (${error.code}) when calling the ${operation} operation: ${error.message}`;
}

function errorBody({ error }: Extract<Outcome, { error: AwsError }>): unknown {
  return {
    Error: { Code: error.code, Message: error.message },
    message: error.message,
    ...error.extra,
    ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: error.status },
  };
}

function follow(value: unknown, op: Operation, outcome: Outcome): unknown {
  if ('get' in op)
    return Array.isArray(value) ? value.at(Number(op.get)) : (value as Record<string, unknown> | undefined)?.[op.get];
  if ('error' in op) return 'error' in outcome ? errorView(outcome, op.error) : undefined;
  if ('attr' in op) return op.attr === 'response' && 'error' in outcome ? errorBody(outcome) : undefined;
  if ('slice' in op) return String(value).slice(op.slice[0] ?? 0, op.slice[1] ?? undefined);
  if ('call' in op) {
    if (op.call === 'json') return JSON.parse(String(value));
    if (op.call === 'replace') return String(value).replaceAll(String(op.args[0]), String(op.args[1]));
  }
  return value;
}

function resolveOne(name: string, references: References, outcomes: Map<number, Outcome>): unknown {
  const reference = references[name];
  const outcome = reference?.step === undefined ? undefined : outcomes.get(reference.step);
  if (!reference || !outcome) return undefined;
  const answer = 'answer' in outcome ? outcome.answer : undefined;
  const whole = reference.ops.length === 0 && typeof answer === 'object' && answer !== null;
  if (whole) return { ...answer, ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 200 } };
  return reference.ops.reduce<unknown>((value, op) => follow(value, op, outcome), answer);
}

/** Fills every `{{rN}}` in a value: a text that is nothing else becomes what it stands for. */
export function resolve(value: unknown, references: References, outcomes: Map<number, Outcome>): unknown {
  if (typeof value === 'string') {
    const [, name] = /^\{\{(\w+)\}\}$/.exec(value) ?? [];
    if (name) return resolveOne(name, references, outcomes);
    return value.replace(/\{\{(\w+)\}\}/g, (_, found: string) => String(resolveOne(found, references, outcomes)));
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, references, outcomes));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, references, outcomes)]));
  }
  return value;
}
