/** Paths, intrinsic functions and JSONata: whether they can be read at all, and stand where their language allows them. */
import { INTRINSICS } from '../intrinsics/functions.ts';
import { type Expression, parseExpression } from '../intrinsics/parse.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { expressionIn, parseJsonata } from '../jsonata/evaluate.ts';
import { parsePath, type Step } from '../jsonpath/parse.ts';
import type { StateKind } from '../states/index.ts';
import { membersOfStates, topLevelReferences } from './top-level-references.ts';
import type { Place } from './walk.ts';

/** Fields whose value is looked at elsewhere, or is data. */
const NOT_EXPRESSIONS = new Set([
  'Comment',
  'Type',
  'Resource',
  'Next',
  'Default',
  'Branches',
  'ItemProcessor',
  'Iterator',
  'Result',
  'QueryLanguage',
]);

export function checkExpressions(place: Place): void {
  if (place.language === 'JSONata') checkJsonata(place);
  else checkJsonpath(place);
}

function checkJsonata({ raw, kind, at, report }: Place): void {
  const walk = (value: Json, where: string): void => {
    if (typeof value === 'string') {
      const text = expressionIn(value);
      if (text !== undefined) checkExpression(text, where, report, statesAt(kind, where.slice(at.length + 1)));
    } else if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, `${where}[${i}]`);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(item, `${where}/${key}`);
  };
  for (const [field, value] of Object.entries(raw)) if (!NOT_EXPRESSIONS.has(field)) walk(value, `${at}/${field}`);
}

/** The members of `$states` that an expression of a field sees (the states language's specification). */
function statesAt(kind: StateKind, field: string): ReadonlySet<string> {
  const seen = new Set(['input', 'context']);
  if (kind.fields.includes('Catch') && /^(?:Output|Assign)\b/.test(field)) seen.add('result');
  if (/^Catch\[\d+\]\/(?:Output|Assign)\b/.test(field)) seen.add('errorOutput');
  return seen;
}

/** One JSONata expression. AWS tells JSONata's own words, without its code. */
function checkExpression(text: string, where: string, report: Place['report'], states: ReadonlySet<string>): void {
  let ast: unknown;
  try {
    ast = parseJsonata(text).ast();
  } catch (error) {
    report((error as { message?: string }).message ?? String(error), where, 'INVALID_JSONATA_EXPRESSION');
    return;
  }
  for (const name of topLevelReferences(ast)) {
    const place = name === '$$' ? '' : ' at the top level';
    report(`Reference to '${name}'${place} is not supported.`, where, 'UNSUPPORTED_JSONATA_EXPRESSION');
  }
  for (const member of membersOfStates(ast)) {
    if (!states.has(member))
      report(`Field '$states.${member}' does not exist.`, where, 'UNSUPPORTED_JSONATA_EXPRESSION');
  }
}

function checkJsonpath({ raw, at, report }: Place): void {
  for (const field of ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'] as const) {
    if (raw[field] !== undefined) checkTemplate(raw[field], `${at}/${field}`, report);
  }
  for (const [field, value] of Object.entries(raw)) {
    if (!field.endsWith('Path') || value === null) continue;
    const fits = typeof value === 'string' && (value.startsWith('$') ? readable(value) : computes(field, value));
    if (!fits) report('Value must be a valid JSONPath.', `${at}/${field}`);
    else if ((field === 'ResultPath' || NUMBER_PATHS.has(field)) && !isReferencePath(value, field === 'ResultPath'))
      report(NO_REFERENCE_PATH, `${at}/${field}`);
  }
  for (const [list, field] of [
    ['Catch', 'ResultPath'],
    ['Choices', 'Variable'],
  ] as const) {
    for (const [i, entry] of (Array.isArray(raw[list]) ? raw[list] : []).entries()) {
      if (!isObject(entry) || entry[field] === undefined || entry[field] === null) continue;
      const value = entry[field];
      const where = `${at}/${list}[${i}]/${field}`;
      if (typeof value !== 'string' || !isPath(value)) report('Value must be a valid JSONPath.', where);
      else if (field === 'ResultPath' && !isReferencePath(value, true)) report(NO_REFERENCE_PATH, where);
    }
  }
}

function known(expression: Expression): boolean {
  return expression.kind !== 'call' || (expression.name in INTRINSICS && expression.args.every(known));
}

function checkTemplate(template: Json, at: string, report: Place['report']): void {
  if (Array.isArray(template)) {
    for (const [i, item] of template.entries()) checkTemplate(item, `${at}[${i}]`, report);
    return;
  }
  if (!isObject(template)) return;
  for (const [key, value] of Object.entries(template as JsonObject)) {
    if (!key.endsWith('.$')) checkTemplate(value, `${at}/${key}`, report);
    else if (typeof value !== 'string' || !readable(value)) {
      report(`The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`, at);
    }
  }
}

const NO_REFERENCE_PATH = 'Value is not a Reference Path';

/** Limits of a Map that are read by a path: one place, not in the context object (as published for AWS). */
const NUMBER_PATHS = new Set(['MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath']);

/** A path that names one place. `written`: something is to be put there, which no variable takes. */
export function isReferencePath(text: string, written: boolean): boolean {
  const { root, definite, steps } = parsePath(text);
  const oneName = (step: Step) => step.kind === 'index' || (step.kind === 'property' && step.names.length === 1);
  const from = root.kind === 'input' || (!written && root.kind === 'variable');
  return from && definite && steps.every(oneName);
}

/** A Fail state's fields are the only paths that may be a function call: one that gives a text. */
const COMPUTED = new Set(['ErrorPath', 'CausePath']);
const GIVES_TEXT = /^States\.(Format|JsonToString|ArrayGetItem|Base64Encode|Base64Decode|Hash|UUID)\s*\(/;

function computes(field: string, text: string): boolean {
  return COMPUTED.has(field) && GIVES_TEXT.test(text) && readable(text);
}

export function isPath(text: string): boolean {
  return text.startsWith('$') && readable(text);
}

function readable(text: string): boolean {
  try {
    return known(parseExpression(text));
  } catch {
    return false;
  }
}
