/** Whether a JSONPath Choice rule matches: And, Or, Not, IsPresent, and the operators of operators.ts. */
import { runtimeFailure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import { PathNotFoundError, readPath } from '../jsonpath/evaluate.ts';
import { parsePath } from '../jsonpath/parse.ts';
import type { Scope } from '../query/define-query-language.ts';
import { rootOf } from '../query/payload-template.ts';
import { CHOICE_OPERATORS } from './operators.ts';

/** Throws States.Runtime when a path leads nowhere (except under IsPresent). */
export function matchesRule(rule: JsonObject, scope: Scope, input: Json): boolean {
  if (Array.isArray(rule.And)) return rule.And.every((inner) => matchesRule(inner as JsonObject, scope, input));
  if (Array.isArray(rule.Or)) return rule.Or.some((inner) => matchesRule(inner as JsonObject, scope, input));
  if (rule.Not !== undefined) return !matchesRule(rule.Not as JsonObject, scope, input);
  const variable = rule.Variable as string;
  if (rule.IsPresent !== undefined) return (find(variable, scope, input) !== undefined) === rule.IsPresent;
  const actual = find(variable, scope, input);
  if (actual === undefined) throw invalid(variable);
  for (const name of Object.keys(rule)) {
    const direct = CHOICE_OPERATORS[name];
    if (direct) return direct(actual, rule[name] as Json);
    const byPath = name.endsWith('Path') ? CHOICE_OPERATORS[name.slice(0, -4)] : undefined;
    if (byPath) {
      const expected = find(rule[name] as string, scope, input);
      if (expected === undefined) throw invalid(rule[name] as string);
      return byPath(actual, expected);
    }
  }
  return false;
}

function find(text: string, scope: Scope, input: Json): Json | undefined {
  const path = parsePath(text);
  const root = rootOf(path, scope, input);
  if (root === undefined) return undefined;
  try {
    return readPath(root, path);
  } catch (error) {
    if (error instanceof PathNotFoundError) return undefined;
    throw error;
  }
}

function invalid(path: string): Error {
  return runtimeFailure(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
}
