/**
 * The rules of a Choice state. That a rule has one operator, and which value it takes, is from the states language's
 * specification; AWS's own words for these mistakes have not been seen by us, so they follow its other sentences.
 */
import { CHOICE_OPERATORS } from '../choice/operators.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { parseTimestamp } from '../time.ts';
import type { Report } from './diagnostic.ts';
import type { Language, Place } from './walk.ts';

/** What a rule may have besides its condition. */
const BESIDES: Readonly<Record<Language, ReadonlySet<string>>> = {
  JSONPath: new Set(['Next', 'Comment', 'Assign']),
  JSONata: new Set(['Next', 'Comment', 'Assign', 'Output', 'Condition']),
};
const OF_RULES = new Set(['And', 'Or', 'Not']);

type Expected = readonly [type: string, is: (value: Json) => boolean];
const TEXT: Expected = ['String', (value) => typeof value === 'string'];
const FLAG: Expected = ['Boolean', (value) => typeof value === 'boolean'];
const NUMBER: Expected = ['Number', (value) => typeof value === 'number'];

/** What an operator is compared with, by the beginning of its name. */
const OPERANDS: readonly (readonly [prefix: string, Expected])[] = [
  ['String', TEXT],
  ['Timestamp', TEXT],
  ['Numeric', NUMBER],
  ['Boolean', FLAG],
  ['Is', FLAG],
];

export function checkChoiceRules({ raw, language, at, report }: Place): void {
  if (!Array.isArray(raw.Choices)) return;
  for (const [i, rule] of raw.Choices.entries()) {
    const where = `${at}/Choices[${i}]`;
    if (!isObject(rule)) report('Value is not an object', where);
    else if (language === 'JSONata') checkKnown(rule, [], language, where, report);
    else checkRule(rule, where, report, true);
  }
}

function checkRule(rule: JsonObject, at: string, report: Report, outermost: boolean): void {
  const operators = Object.keys(rule).filter(isOperator);
  checkKnown(rule, operators, 'JSONPath', at, report);
  for (const field of ['Next', 'Assign']) if (!outermost && rule[field] !== undefined) report(notSupported(field), at);
  if (operators.length > 1) report(`There should only be one of the following fields: [${operators.join(', ')}]`, at);
  const [operator] = operators;
  if (operator === undefined) {
    if (rule.Variable !== undefined) report('A comparison operator is required', at);
    return;
  }
  if (operator === 'Not') within(rule.Not as Json, `${at}/Not`, report);
  else if (OF_RULES.has(operator)) checkRules(rule[operator] as Json, `${at}/${operator}`, report);
  else if (rule.Variable === undefined) {
    // At the outermost rule this is told with the other fields that are missing.
    if (!outermost) report('These fields are required: [Variable]', at);
  } else checkOperand(operator, rule[operator] as Json, `${at}/${operator}`, report);
}

function checkRules(rules: Json, at: string, report: Report): void {
  if (!Array.isArray(rules)) report('Expected value of type Array', at);
  else if (rules.length === 0) report('Value cannot be empty', at);
  else for (const [i, rule] of rules.entries()) within(rule, `${at}[${i}]`, report);
}

function within(rule: Json, at: string, report: Report): void {
  if (isObject(rule)) checkRule(rule, at, report, false);
  else report('Value is not an object', at);
}

function checkOperand(operator: string, value: Json, at: string, report: Report): void {
  if (CHOICE_OPERATORS[operator] === undefined && operator !== 'IsPresent') return;
  const [type, is] = OPERANDS.find(([prefix]) => operator.startsWith(prefix))?.[1] ?? TEXT;
  if (!is(value)) report(`Expected value of type ${type}`, at);
  else if (operator.startsWith('Timestamp') && parseTimestamp(value as string) === undefined)
    report('String does not match RFC3339 timestamp', at);
}

const COMPARED_BY_PATH = /^(?!StringMatches)(String|Numeric|Boolean|Timestamp)\w+Path$/;

/** An operator, or one by path: `StringEqualsPath`. */
function isOperator(name: string): boolean {
  if (OF_RULES.has(name) || name === 'IsPresent' || CHOICE_OPERATORS[name] !== undefined) return true;
  return COMPARED_BY_PATH.test(name) && isOperator(name.slice(0, -4));
}

function checkKnown(rule: JsonObject, operators: string[], language: Language, at: string, report: Report): void {
  for (const field of Object.keys(rule)) {
    const path = language === 'JSONPath' && (field === 'Variable' || operators.includes(field));
    if (!path && !BESIDES[language].has(field)) report(notSupported(field), at);
  }
}

function notSupported(field: string): string {
  return `Field '${field}' is not supported`;
}
