/** JSONPath payload templates: members whose name ends in `.$` hold a path or an intrinsic function. */
import { runtimeFailure, StateFailure } from '../failure.ts';
import { INTRINSICS } from '../intrinsics/functions.ts';
import { type Expression, parseExpression } from '../intrinsics/parse.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { BehindTheEndError, NotAnArrayError, PathNotFoundError, readPath } from '../jsonpath/evaluate.ts';
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
      result[key.slice(0, -2)] = evaluateField(value, scope, input, key);
    } else result[key] = fillTemplate(value, scope, input);
  }
  return result;
}

/** The value of a field that holds a path or an intrinsic call. `field` is named when a path leads nowhere. */
export function evaluateField(text: string, scope: Scope, input: Json, field: string): Json {
  const expression = parseExpression(text);
  return expression.kind === 'path'
    ? readField(expression.path, scope, input, field)
    : evaluateCall(expression, { text, scope, input });
}

/** What a call stands in: its whole text, which AWS names when something in it fails. */
interface Calling {
  text: string;
  scope: Scope;
  input: Json;
}

function evaluateCall(expression: Expression, calling: Calling): Json {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return readArgument(expression.path, calling);
    case 'call': {
      const run = INTRINSICS[expression.name];
      if (!run)
        throw new StateFailure(
          { error: 'States.IntrinsicFailure', cause: `Unknown function ${expression.name}` },
          true,
        );
      const args = expression.args.map((arg) => evaluateCall(arg, calling));
      return run(args, calling.scope.random);
    }
  }
}

/** Reads a path that is an argument of a function. AWS names one into the context object as if it were one of the input. */
function readArgument(path: Path, { text, scope, input }: Calling): Json {
  return read(path, scope, input, (error) => {
    const argument = path.root.kind === 'context' ? path.text.slice(1) : path.text;
    const missing = `The JsonPath argument for the field '${argument}' could not be found in the input '${JSON.stringify(input)}'`;
    const why = error instanceof NotAnArrayError ? error.message : missing;
    return runtimeFailure(`The function '${text}' had the following error: ${why}`);
  });
}

/** Reads a path; where it leads nowhere, fails as AWS does for a path in a template or an ErrorPath. */
export function readField(path: Path, scope: Scope, input: Json, field: string): Json {
  return read(path, scope, input, (error) => {
    // Behind the end of a list there is null, in a field that only reads it (as others have measured it).
    if (error instanceof BehindTheEndError) return undefined;
    const searched = path.root.kind === 'context' ? scope.context() : input;
    return runtimeFailure(
      `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(searched)}'`,
    );
  });
}

/** What a path leads to. `missing`: what it fails with where it leads nowhere, or undefined where that is null. */
function read(path: Path, scope: Scope, input: Json, missing: (error: PathNotFoundError) => Error | undefined): Json {
  const root = rootOf(path, scope, input);
  if (root === null && path.root.kind === 'input')
    throw runtimeFailure('Unable to apply Path transformation to null or empty input.');
  try {
    if (root === undefined) throw new PathNotFoundError(`No results for path: $['${nameOf(path)}']`);
    return readPath(root, path);
  } catch (error) {
    if (!(error instanceof PathNotFoundError)) throw error;
    const failure = missing(error);
    if (failure) throw failure;
    return null;
  }
}

function nameOf({ root }: Path): string {
  return root.kind === 'variable' ? root.name : '';
}

/** Reads a path; where it leads nowhere, fails as AWS does for InputPath, OutputPath and the like. */
export function readWhole(path: Path, scope: Scope, input: Json): Json {
  return read(path, scope, input, ({ message }) => runtimeFailure(`Invalid path '${path.text}' : ${message}`));
}
