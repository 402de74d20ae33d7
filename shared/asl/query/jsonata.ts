/** JSONata: Arguments, Output, Assign, Items, ItemSelector, Condition; `$states` and variables by name. */
import { evaluationFailure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import { type Bindings, evaluateJsonata, evaluateTemplate, expressionIn, unexpectedType } from '../jsonata/evaluate.ts';
import type { Outcome, QueryLanguage, Scope } from './define-query-language.ts';

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

export const jsonata: QueryLanguage = {
  name: 'JSONata',
  input: (scope) => scope.input,
  parameters: (scope, input) => {
    const { Arguments } = scope.raw;
    const found = Arguments === undefined ? input : evaluateTemplate(Arguments, { scope }, 'Arguments');
    scope.watch?.stage('afterArguments', found);
    return found;
  },
  outcome: (scope, input, result) => {
    if (result !== undefined) scope.watch?.stage('result', result);
    return outcome(scope.raw, '', result ?? input, { scope, result });
  },
  ruleOutcome: (scope, input, rule) => outcome(rule, entryPlace(scope, 'Choices', rule), input, { scope }),
  caught: (scope, catcher, error) =>
    outcome(catcher, entryPlace(scope, 'Catch', catcher), error, { scope, errorOutput: error }),
  number: (scope, _, field, kind = 'integer') => {
    const value = scope.raw[field];
    if (value === undefined || typeof value === 'number') return value;
    const text = typeof value === 'string' ? expressionIn(value) : undefined;
    if (text === undefined) throw evaluationFailure(`The ${field} field is not a number or an expression`, field);
    const found = evaluateJsonata(value as string, { scope }, field);
    if (typeof found !== 'number' || (kind === 'integer' && !Number.isInteger(found))) {
      return unexpectedType(text, field, kind === 'integer' ? 'integer' : 'number', found);
    }
    return found;
  },
  text: (scope, _, field) => {
    const value = scope.raw[field];
    if (value === undefined) return undefined;
    const text = typeof value === 'string' ? expressionIn(value) : undefined;
    if (text === undefined) return typeof value === 'string' ? value : JSON.stringify(value);
    const found = evaluateJsonata(value as string, { scope }, field);
    return typeof found === 'string' ? found : unexpectedType(text, field, 'string', found);
  },
  items: (scope, input) => {
    const { Items } = scope.raw;
    const text = typeof Items === 'string' ? expressionIn(Items) : undefined;
    const found = Items === undefined ? input : evaluateTemplate(Items, { scope }, 'Items');
    if (Array.isArray(found)) return found;
    if (text !== undefined) return unexpectedType(text, 'Items', 'array', found);
    throw evaluationFailure(`Map state input must be an array but was: ${JSON.stringify(found)}`);
  },
  item: (scope, _, value) =>
    scope.raw.ItemSelector === undefined ? value : evaluateTemplate(scope.raw.ItemSelector, { scope }, 'ItemSelector'),
  matches: (scope, _, rule) => {
    const { Condition } = rule;
    if (typeof Condition === 'boolean') return Condition;
    const at = `${entryPlace(scope, 'Choices', rule)}Condition`;
    const text = typeof Condition === 'string' ? expressionIn(Condition) : undefined;
    if (text === undefined) throw evaluationFailure('The Condition field is not an expression', at);
    const found = evaluateJsonata(Condition as string, { scope }, at);
    return typeof found === 'boolean' ? found : unexpectedType(text, at, 'boolean', found);
  },
  template: (scope, _, value, field) => evaluateTemplate(value, { scope }, field),
};
