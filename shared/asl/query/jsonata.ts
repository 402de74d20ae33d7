/** JSONata: Arguments, Output, Assign, Items, ItemSelector, Condition; `$states` and variables by name. */
import { evaluationFailure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import { type Bindings, evaluateJsonata, evaluateTemplate, expressionIn, unexpectedType } from '../jsonata/evaluate.ts';
import type { NumberKind, Outcome, QueryLanguage, Scope } from './define-query-language.ts';

/** Output and Assign of a state, a rule or a catcher, evaluated on the same snapshot. */
function outcome(holder: JsonObject, at: string, fallback: Json, seen: Bindings): Outcome {
  const { Output, Assign } = holder;
  if (Output === undefined && Assign === undefined) return { output: fallback };
  const assigned = Assign === undefined ? undefined : (evaluateTemplate(Assign, seen, `${at}Assign`) as JsonObject);
  const output = Output === undefined ? fallback : evaluateTemplate(Output, seen, `${at}Output`);
  return assigned ? { output, assigned } : { output };
}

/** The place of an entry of Choices or Catch, before the names of its fields: `Choices[1]/`. */
function entryPlace(scope: Scope, list: 'Choices' | 'Catch', entry: JsonObject): string {
  return `${list}[${(scope.raw[list] as Json[]).indexOf(entry)}]/`;
}

export class JsonataQuery implements QueryLanguage {
  readonly name = 'JSONata';
  readonly direct: boolean;
  readonly placing = 0;
  private readonly given: Json | undefined;
  private readonly fields: JsonObject;

  constructor(raw: JsonObject) {
    this.given = raw.Arguments;
    this.fields = raw;
    this.direct = raw.Output === undefined && raw.Assign === undefined;
  }

  place(_: Json, result: Json): Json {
    return result;
  }

  input(scope: Scope): Json {
    return scope.input;
  }

  parameters(scope: Scope, input: Json): Json {
    const found = this.given === undefined ? input : evaluateTemplate(this.given, { scope }, 'Arguments');
    scope.watch?.stage('afterArguments', found);
    return found;
  }

  outcome(scope: Scope, input: Json, result: Json | undefined): Outcome {
    if (result !== undefined) scope.watch?.stage('result', result);
    return outcome(this.fields, '', result ?? input, { scope, result });
  }

  ruleOutcome(scope: Scope, input: Json, rule: JsonObject): Outcome {
    return outcome(rule, entryPlace(scope, 'Choices', rule), input, { scope });
  }

  caught(scope: Scope, catcher: JsonObject, error: Json): Outcome {
    return outcome(catcher, entryPlace(scope, 'Catch', catcher), error, { scope, errorOutput: error });
  }

  number(scope: Scope, _: Json, field: string, kind: NumberKind = 'integer'): number | undefined {
    const value = scope.raw[field];
    if (value === undefined || typeof value === 'number') return value;
    const text = typeof value === 'string' ? expressionIn(value) : undefined;
    if (text === undefined) throw evaluationFailure(`The ${field} field is not a number or an expression`, field);
    const found = evaluateJsonata(value as string, { scope }, field);
    if (typeof found !== 'number' || (kind === 'integer' && !Number.isInteger(found))) {
      return unexpectedType(text, field, kind === 'integer' ? 'integer' : 'number', found);
    }
    return found;
  }

  text(scope: Scope, _: Json, field: string): string | undefined {
    const value = scope.raw[field];
    if (value === undefined) return undefined;
    const text = typeof value === 'string' ? expressionIn(value) : undefined;
    if (text === undefined) return typeof value === 'string' ? value : JSON.stringify(value);
    const found = evaluateJsonata(value as string, { scope }, field);
    return typeof found === 'string' ? found : unexpectedType(text, field, 'string', found);
  }

  items(scope: Scope, input: Json): Json[] {
    const { Items } = scope.raw;
    const text = typeof Items === 'string' ? expressionIn(Items) : undefined;
    const found = Items === undefined ? input : evaluateTemplate(Items, { scope }, 'Items');
    if (Array.isArray(found)) return found;
    if (text !== undefined) return unexpectedType(text, 'Items', 'array', found);
    throw evaluationFailure(`Map state input must be an array but was: ${JSON.stringify(found)}`);
  }

  item(scope: Scope, _: Json, value: Json): Json {
    const { ItemSelector } = scope.raw;
    return ItemSelector === undefined ? value : evaluateTemplate(ItemSelector, { scope }, 'ItemSelector');
  }

  matches(scope: Scope, _: Json, rule: JsonObject): boolean {
    const { Condition } = rule;
    if (typeof Condition === 'boolean') return Condition;
    const at = `${entryPlace(scope, 'Choices', rule)}Condition`;
    const text = typeof Condition === 'string' ? expressionIn(Condition) : undefined;
    if (text === undefined) throw evaluationFailure('The Condition field is not an expression', at);
    const found = evaluateJsonata(Condition as string, { scope }, at);
    return typeof found === 'boolean' ? found : unexpectedType(text, at, 'boolean', found);
  }

  template(scope: Scope, _: Json, value: Json, field: string): Json {
    return evaluateTemplate(value, { scope }, field);
  }
}
