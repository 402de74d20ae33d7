/** JSONPath payload templates: members whose name ends in `.$` hold a path or an intrinsic function. */
import { runtimeFailure, StateFailure } from '../failure.ts';
import { INTRINSICS } from '../intrinsics/functions.ts';
import { type Expression, parseExpression } from '../intrinsics/parse.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { PathNotFoundError, readPath } from '../jsonpath/evaluate.ts';
import type { Path } from '../jsonpath/parse.ts';
import type { Scope } from './define-query-language.ts';

/** What a path starts from. */
export function rootOf(path: Path, scope: Scope, input: Json): Json | undefined {
  switch (path.root.kind) {
    case 'input':
      return input;
    case 'context':
      return scope.context();
    case 'variable':
      return scope.vars()[path.root.name];
  }
}

/** Fills a template. `input` is what `$` stands for. */
export function fillTemplate(template: Json, scope: Scope, input: Json): Json {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, scope, input));
  if (!isObject(template)) return template;
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(template)) {
    if (key.endsWith('.$') && typeof value === 'string') {
      result[key.slice(0, -2)] = evaluateExpression(parseExpression(value), scope, input, key);
    } else result[key] = fillTemplate(value, scope, input);
  }
  return result;
}

/** A path's or an intrinsic call's value. `field` is named when a path leads nowhere. */
export function evaluateExpression(expression: Expression, scope: Scope, input: Json, field: string): Json {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return readField(expression.path, scope, input, field);
    case 'call': {
      const run = INTRINSICS[expression.name];
      if (!run)
        throw new StateFailure(
          { error: 'States.IntrinsicFailure', cause: `Unknown function ${expression.name}` },
          true,
        );
      return run(
        expression.args.map((arg) => evaluateExpression(arg, scope, input, field)),
        scope.random,
      );
    }
  }
}

/** Reads a path; where it leads nowhere, fails as AWS does for a path in a template or an ErrorPath. */
export function readField(path: Path, scope: Scope, input: Json, field: string): Json {
  const root = rootOf(path, scope, input);
  try {
    if (root === undefined) throw new PathNotFoundError();
    return readPath(root, path);
  } catch (error) {
    if (!(error instanceof PathNotFoundError)) throw error;
    throw runtimeFailure(
      `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(input)}'`,
    );
  }
}

/** Reads a path; where it leads nowhere, fails as AWS does for InputPath, OutputPath and the like. */
export function readWhole(path: Path, scope: Scope, input: Json): Json {
  const root = rootOf(path, scope, input);
  try {
    if (root === undefined)
      throw new PathNotFoundError(`No results for path: $['${(path.root as { name: string }).name}']`);
    return readPath(root, path);
  } catch (error) {
    if (!(error instanceof PathNotFoundError)) throw error;
    throw runtimeFailure(`Invalid path '${path.text}' : ${error.message}`);
  }
}
