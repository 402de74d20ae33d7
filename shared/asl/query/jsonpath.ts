/** JSONPath: InputPath, Parameters, ResultSelector, ResultPath, OutputPath, ItemsPath, …Path fields, and Assign. */
import { matchesRule } from '../choice/match.ts';
import { runtimeFailure, StateFailure } from '../failure.ts';
import { isIntrinsic } from '../intrinsics/parse.ts';
import type { Json, JsonObject } from '../json.ts';
import { PathWriteError, writePath } from '../jsonpath/evaluate.ts';
import { parsePath } from '../jsonpath/parse.ts';
import type { Outcome, QueryLanguage, Scope } from './define-query-language.ts';
import { evaluateField, fillTemplate, readField, readWhole } from './payload-template.ts';

function narrowed(scope: Scope, value: Json, path: Json | undefined): Json {
  if (path === undefined || path === '$') return value;
  if (path === null) return {};
  return readWhole(parsePath(path as string), scope, value);
}

/** Puts a result where ResultPath says, into the state's own input. */
function placed(input: Json, result: Json, path: Json | undefined): Json {
  if (path === undefined || path === '$') return result;
  if (path === null) return input;
  try {
    return writePath(input, parsePath(path as string), result);
  } catch (error) {
    if (!(error instanceof PathWriteError)) throw error;
    throw new StateFailure({ error: 'States.ResultPathMatchFailure', cause: error.message }, true);
  }
}

const pathFields = new Map<string, string>();

/** `SecondsPath` for `Seconds`; kept, since a name put together anew is looked up slowly. */
function pathField(field: string): string {
  let name = pathFields.get(field);
  if (name === undefined) {
    name = `${field}Path`;
    pathFields.set(field, name);
  }
  return name;
}

function withAssign(holder: JsonObject, scope: Scope, seen: Json, output: Json): Outcome {
  if (holder.Assign === undefined) return { output };
  return { output, assigned: fillTemplate(holder.Assign, scope, seen) as JsonObject };
}

export const jsonpath: QueryLanguage = {
  name: 'JSONPath',
  input: (scope) => {
    const input = narrowed(scope, scope.input, scope.raw.InputPath);
    scope.watch?.stage('afterInputPath', input);
    return input;
  },
  parameters: (scope, input) => {
    const parameters = scope.raw.Parameters === undefined ? input : fillTemplate(scope.raw.Parameters, scope, input);
    scope.watch?.stage('afterParameters', parameters);
    return parameters;
  },
  outcome: (scope, input, result) => {
    const { raw } = scope;
    if (result === undefined) {
      return withAssign(raw, scope, input, narrowed(scope, input, raw.OutputPath));
    }
    scope.watch?.stage('result', result);
    const selected = raw.ResultSelector === undefined ? result : fillTemplate(raw.ResultSelector, scope, result);
    scope.watch?.stage('afterResultSelector', selected);
    const combined = placed(scope.input, selected, raw.ResultPath);
    scope.watch?.stage('afterResultPath', combined);
    const output = narrowed(scope, combined, raw.OutputPath);
    return withAssign(raw, scope, result, output);
  },
  ruleOutcome: (scope, input, rule) => withAssign(rule, scope, input, narrowed(scope, input, scope.raw.OutputPath)),
  caught: (scope, catcher, error) => withAssign(catcher, scope, error, placed(scope.input, error, catcher.ResultPath)),
  number: (scope, input, field, kind = 'integer') => {
    const value = scope.raw[field];
    if (typeof value === 'number') return value;
    const path = scope.raw[pathField(field)];
    if (typeof path !== 'string') return undefined;
    const read = readWhole(parsePath(path), scope, input);
    // A path may lead to a number written as text.
    const found = typeof read === 'string' && read.trim() !== '' && !Number.isNaN(Number(read)) ? Number(read) : read;
    if (typeof found !== 'number' || (kind === 'integer' && !Number.isInteger(found))) {
      const shown = typeof read === 'string' ? read : JSON.stringify(read);
      throw runtimeFailure(`The ${field}Path field refers to value "${shown}" which is not a valid ${kind}: ${path}`);
    }
    return found;
  },
  text: (scope, input, field) => {
    const value = scope.raw[field];
    if (typeof value === 'string') return value;
    const path = scope.raw[pathField(field)];
    if (typeof path !== 'string') return undefined;
    const found = isIntrinsic(path)
      ? evaluateField(path, scope, input, `${field}Path`)
      : readField(parsePath(path), scope, input, `${field}Path`);
    if (typeof found === 'string') return found;
    throw runtimeFailure(`The ${field}Path parameter does not reference a string: ${path} == ${JSON.stringify(found)}`);
  },
  items: (scope, input) => {
    const { ItemsPath } = scope.raw;
    const found = ItemsPath === undefined ? input : readWhole(parsePath(ItemsPath as string), scope, input);
    if (Array.isArray(found)) {
      scope.watch?.stage('afterItemsPath', found);
      return found;
    }
    // AWS names a path into the context object without the sign that says so.
    const shown = String(ItemsPath ?? '$').replace(/^\$\$/, '$');
    throw runtimeFailure(`Reference path "${shown}" must point to array.`);
  },
  item: (scope, input, value) => {
    const template = scope.raw.ItemSelector ?? scope.raw.Parameters;
    return template === undefined ? value : fillTemplate(template, scope, input);
  },
  matches: (scope, input, rule) => matchesRule(rule, scope, input),
  template: (scope, input, value) => fillTemplate(value, scope, input),
};
