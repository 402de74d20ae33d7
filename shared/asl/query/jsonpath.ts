/** JSONPath: InputPath, Parameters, ResultSelector, ResultPath, OutputPath, ItemsPath, …Path fields, and Assign. */
import { matchesRule } from '../choice/match.ts';
import { runtimeFailure, StateFailure } from '../failure.ts';
import { isIntrinsic } from '../intrinsics/parse.ts';
import type { Json, JsonObject } from '../json.ts';
import { PathWriteError, writePath } from '../jsonpath/evaluate.ts';
import { type Path, parsePath } from '../jsonpath/parse.ts';
import type { NumberKind, Outcome, QueryLanguage, Scope } from './define-query-language.ts';
import { evaluateField, fillTemplate, readField, readWhole } from './payload-template.ts';

/** A path of the definition, taken apart when it is first followed: one that cannot be is found by whoever follows it. */
class PathField {
  private readonly text: string;
  private parsed: Path | undefined;

  constructor(text: string) {
    this.text = text;
    this.parsed = undefined;
  }

  get path(): Path {
    this.parsed ??= parsePath(this.text);
    return this.parsed;
  }
}

/** Of a reference path: `.é` may become `,"é":{}`. */
const MOST_BYTES_A_SIGN = 8;

/** Undefined: all of it (absent, or `$`); null: none of it. */
type Reach = PathField | null | undefined;

function reachOf(field: Json | undefined): Reach {
  if (field === undefined || field === '$') return undefined;
  return field === null ? null : new PathField(field as string);
}

function narrowed(scope: Scope, value: Json, reach: Reach): Json {
  if (reach === undefined) return value;
  return reach === null ? {} : readWhole(reach.path, scope, value);
}

/** Puts a result where ResultPath says, into the state's own input. */
function placed(input: Json, result: Json, reach: Reach): Json {
  if (reach === undefined) return result;
  if (reach === null) return input;
  try {
    return writePath(input, reach.path, result);
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

function withAssign(template: Json | undefined, scope: Scope, seen: Json, output: Json): Outcome {
  return template === undefined ? { output } : { output, assigned: fillTemplate(template, scope, seen) as JsonObject };
}

export class JsonPathQuery implements QueryLanguage {
  readonly name = 'JSONPath';
  readonly direct: boolean;
  readonly placing: number;
  private readonly inputPath: Reach;
  private readonly filled: Json | undefined;
  private readonly selector: Json | undefined;
  private readonly resultPath: Reach;
  private readonly outputPath: Reach;
  private readonly assign: Json | undefined;

  constructor({ InputPath, Parameters, ResultSelector, ResultPath, OutputPath, Assign }: JsonObject) {
    this.inputPath = reachOf(InputPath);
    this.filled = Parameters;
    this.selector = ResultSelector;
    this.resultPath = reachOf(ResultPath);
    this.outputPath = reachOf(OutputPath);
    this.assign = Assign;
    const asked = [this.inputPath, ResultSelector, this.outputPath, Assign];
    this.direct = asked.every((field) => field === undefined);
    this.placing = typeof ResultPath === 'string' ? ResultPath.length * MOST_BYTES_A_SIGN : 0;
  }

  place(input: Json, result: Json): Json {
    return placed(input, result, this.resultPath);
  }

  input(scope: Scope): Json {
    const input = narrowed(scope, scope.input, this.inputPath);
    scope.watch?.stage('afterInputPath', input);
    return input;
  }

  parameters(scope: Scope, input: Json): Json {
    const parameters = this.filled === undefined ? input : fillTemplate(this.filled, scope, input);
    scope.watch?.stage('afterParameters', parameters);
    return parameters;
  }

  outcome(scope: Scope, input: Json, result: Json | undefined): Outcome {
    if (result === undefined) {
      return withAssign(this.assign, scope, input, narrowed(scope, input, this.outputPath));
    }
    scope.watch?.stage('result', result);
    const selected = this.selector === undefined ? result : fillTemplate(this.selector, scope, result);
    scope.watch?.stage('afterResultSelector', selected);
    const combined = placed(scope.input, selected, this.resultPath);
    scope.watch?.stage('afterResultPath', combined);
    return withAssign(this.assign, scope, result, narrowed(scope, combined, this.outputPath));
  }

  ruleOutcome(scope: Scope, input: Json, rule: JsonObject): Outcome {
    return withAssign(rule.Assign, scope, input, narrowed(scope, input, this.outputPath));
  }

  caught(scope: Scope, catcher: JsonObject, error: Json): Outcome {
    return withAssign(catcher.Assign, scope, error, placed(scope.input, error, reachOf(catcher.ResultPath)));
  }

  number(scope: Scope, input: Json, field: string, kind: NumberKind = 'integer'): number | undefined {
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
  }

  text(scope: Scope, input: Json, field: string): string | undefined {
    const value = scope.raw[field];
    if (typeof value === 'string') return value;
    const path = scope.raw[pathField(field)];
    if (typeof path !== 'string') return undefined;
    const found = isIntrinsic(path)
      ? evaluateField(path, scope, input, `${field}Path`)
      : readField(parsePath(path), scope, input, `${field}Path`);
    if (typeof found === 'string') return found;
    throw runtimeFailure(`The ${field}Path parameter does not reference a string: ${path} == ${JSON.stringify(found)}`);
  }

  items(scope: Scope, input: Json): Json[] {
    const { ItemsPath } = scope.raw;
    const found = ItemsPath === undefined ? input : readWhole(parsePath(ItemsPath as string), scope, input);
    if (Array.isArray(found)) {
      scope.watch?.stage('afterItemsPath', found);
      return found;
    }
    // AWS names a path into the context object without the sign that says so.
    const shown = String(ItemsPath ?? '$').replace(/^\$\$/, '$');
    throw runtimeFailure(`Reference path "${shown}" must point to array.`);
  }

  item(scope: Scope, input: Json, value: Json): Json {
    const template = scope.raw.ItemSelector ?? scope.raw.Parameters;
    return template === undefined ? value : fillTemplate(template, scope, input);
  }

  matches(scope: Scope, input: Json, rule: JsonObject): boolean {
    return matchesRule(rule, scope, input);
  }

  template(scope: Scope, input: Json, value: Json): Json {
    return fillTemplate(value, scope, input);
  }
}
