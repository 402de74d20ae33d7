/**
 * Evaluates the JSONata expressions of a state: a text that starts with `{%` and ends with `%}` is one, anywhere in a
 * value. Parsed expressions and templates are kept. Failures carry AWS's texts.
 */
import { evaluationFailure } from '../failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { RandomState } from '../random.ts';
import { stepFunctionsBindings } from './functions.ts';
import parse, { type SyncExpression } from './jsonata-sync.generated.js';
import { HARD, type Quick, type Bindings as QuickBindings, quickly } from './quick.ts';

/** What one evaluation sees. */
export interface Bindings extends QuickBindings {
  scope: QuickBindings['scope'] & { readonly random: RandomState; readonly now: number };
}

/** What AWS says of an expression that needs too much stack. */
const TOO_DEEP =
  'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive';

/** Bounds an evaluation without a clock: about a second of work. JSONata itself has no limit. */
const MAX_EVALUATIONS = 1_000_000;

/** Where the evaluation under way draws from. Evaluations do not overlap: nothing in them waits. */
let random: RandomState = [0, 0, 0, 0];
const ADDED = stepFunctionsBindings(() => random);

const parsed = new Map<string, SyncExpression>();
const CACHE_LIMIT = 5_000;

/** Parses (and keeps) an expression without its `{% %}`. Throws JSONata's error object (`code`, `message`, `position`). */
export function parseJsonata(text: string): SyncExpression {
  let expression = parsed.get(text);
  if (!expression) {
    expression = parse(text);
    for (const [name, value] of Object.entries(ADDED)) expression.assign(name, value);
    if (parsed.size >= CACHE_LIMIT) parsed.clear();
    parsed.set(text, expression);
  }
  return expression;
}

/** The expression inside `{% … %}`, or undefined for a plain text. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4 ? text.slice(2, -2).trim() : undefined;
}

/** An expression and, where it is a simple one, its closure. Expressions that cannot be parsed fail when evaluated. */
interface Prepared {
  text: string;
  quick: Quick | undefined;
}

const prepared = new Map<string, Prepared | null>();

/** By the text with its `{% %}`, as it stands in the definition; null for a plain text. */
function prepare(value: string): Prepared | null {
  let known = prepared.get(value);
  if (known === undefined) {
    const text = expressionIn(value);
    known = text === undefined ? null : { text, quick: quickOf(text) };
    if (prepared.size >= CACHE_LIMIT) prepared.clear();
    prepared.set(value, known);
  }
  return known;
}

function quickOf(text: string): Quick | undefined {
  try {
    const ast = parseJsonata(text).ast();
    // The evaluator knows how deep AWS lets an expression be.
    return deeperThan(ast, DEEP) ? undefined : quickly(ast);
  } catch {
    return undefined;
  }
}

/** Fewer nodes within each other than make an expression fail. */
const DEEP = 50;

function deeperThan(node: unknown, most: number): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some((item) => deeperThan(item, most));
  return most < 0 || Object.values(node).some((child) => deeperThan(child, most - 1));
}

/** Evaluates a text of a definition that is an expression. `location` is the field it stands in. Throws StateFailure. */
export function evaluateJsonata(value: string, bindings: Bindings, location: string): Json {
  const expression = prepare(value);
  return expression === null ? value : evaluate(expression, bindings, location);
}

function evaluate({ text, quick }: Prepared, bindings: Bindings, location: string): Json {
  const simple = quick?.(bindings);
  if (simple !== undefined && simple !== HARD) return simple;
  const value = raw(text, bindings, location);
  if (value === undefined) {
    throw evaluationFailure(
      `The JSONata expression '${text}' specified for the field '${location}' returned nothing (undefined).`,
      location,
    );
  }
  const json = toJson(value);
  if (json === undefined) {
    throw evaluationFailure(
      `The JSONata expression '${text}' specified for the field '${location}' returned an unsupported result type.`,
      location,
    );
  }
  return json;
}

/** Fails as AWS does when an expression gave another type than its field takes. */
export function unexpectedType(text: string, location: string, expected: string, value: Json): never {
  throw evaluationFailure(
    `The JSONata expression '${text}' specified for the field '${location}' returned an unexpected result type. ` +
      `Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    location,
  );
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** `$states`. The context object is seldom asked for, and costs more than the rest: made when it is looked at. */
function statesOf({ scope, result, errorOutput }: Bindings): Record<string, unknown> {
  return {
    input: scope.input,
    get context() {
      return scope.context();
    },
    ...(result !== undefined && { result }),
    ...(errorOutput !== undefined && { errorOutput }),
  };
}

function raw(text: string, bindings: Bindings, location: string): unknown {
  const { scope } = bindings;
  random = scope.random;
  try {
    const environment = { ...scope.vars(), states: statesOf(bindings) };
    return parseJsonata(text).evaluate(undefined, environment, scope.now, MAX_EVALUATIONS);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    const told = error instanceof RangeError ? TOO_DEEP : (message ?? String(error));
    // AWS tells JSONata's own errors in a sentence of their own, with their code; that a limit was met after a colon.
    const ending = code ? `. ${code}: ${told}` : `: ${told}`;
    throw evaluationFailure(
      `The JSONata expression '${text}' specified for the field '${location}' threw an error during evaluation${ending}`,
      location,
    );
  }
}

/** A clean copy: JSONata marks its own arrays and hands out parts of its input. Undefined for what is not JSON. */
function toJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // AWS writes what is no number of JSON (1/0) as a text.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) {
    const copy: Json[] = [];
    for (const item of value) {
      const json = toJson(item);
      if (json === undefined) return undefined;
      copy.push(json);
    }
    return copy;
  }
  if (typeof value !== 'object' || '_jsonata_function' in value || '_jsonata_lambda' in value) return undefined;
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const json = toJson(member);
    if (json === undefined) return undefined;
    copy[key] = json;
  }
  return copy;
}

/** `at`: the place of the value that it was made of. */
type Template = (bindings: Bindings, at: string) => Json;
const templates = new WeakMap<object, Template>();

/** Evaluates every expression in a value; all else stays as it is. */
export function evaluateTemplate(value: Json, bindings: Bindings, location: string): Json {
  if (typeof value === 'string') return evaluateJsonata(value, bindings, location);
  if (value === null || typeof value !== 'object') return value;
  let template = templates.get(value);
  if (!template) {
    template = compile(value, '') ?? (() => value);
    templates.set(value, template);
  }
  return template(bindings, location);
}

/** Undefined when nothing in the value is an expression: then the value itself can be used. `within`: where it stands. */
function compile(value: Json, within: string): Template | undefined {
  if (typeof value === 'string') {
    const expression = prepare(value);
    return expression === null ? undefined : (bindings, at) => evaluate(expression, bindings, at + within);
  }
  if (Array.isArray(value)) {
    const parts = value.map((item, i) => compile(item, `${within}[${i}]`));
    if (parts.every((part) => part === undefined)) return undefined;
    return (bindings, at) =>
      value.map((item, i) => {
        const part = parts[i];
        return part ? part(bindings, at) : item;
      });
  }
  if (isObject(value)) {
    const parts = Object.entries(value).map(([key, item]) => [key, item, compile(item, `${within}/${key}`)] as const);
    if (parts.every(([, , part]) => part === undefined)) return undefined;
    return (bindings, at) => {
      const result: JsonObject = {};
      for (const [key, item, part] of parts) result[key] = part ? part(bindings, at) : item;
      return result;
    };
  }
  return undefined;
}
