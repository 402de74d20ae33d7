/** Paths, intrinsic functions and JSONata: whether they can be read at all, and stand where their language allows them. */
import { parseExpression } from '../intrinsics/parse.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { expressionIn, parseJsonata } from '../jsonata/evaluate.ts';
import { topLevelReferences } from './top-level-references.ts';
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

function checkJsonata({ raw, at, report }: Place): void {
  const walk = (value: Json, where: string): void => {
    if (typeof value === 'string') {
      const text = expressionIn(value);
      if (text !== undefined) checkExpression(text, where, report);
    } else if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, `${where}[${i}]`);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(item, `${where}/${key}`);
  };
  for (const [field, value] of Object.entries(raw)) if (!NOT_EXPRESSIONS.has(field)) walk(value, `${at}/${field}`);
}

/** One JSONata expression. AWS tells JSONata's own words, without its code. */
function checkExpression(text: string, where: string, report: Place['report']): void {
  let ast: unknown;
  try {
    ast = parseJsonata(text).ast();
  } catch (error) {
    report((error as { message?: string }).message ?? String(error), where, 'INVALID_JSONATA_EXPRESSION');
    return;
  }
  for (const name of topLevelReferences(ast))
    report(`Reference to '${name}' at the top level is not supported.`, where, 'UNSUPPORTED_JSONATA_EXPRESSION');
}

function checkJsonpath({ raw, at, report }: Place): void {
  for (const field of ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'] as const) {
    if (raw[field] !== undefined) checkTemplate(raw[field], `${at}/${field}`, report);
  }
  for (const [field, value] of Object.entries(raw)) {
    if (!field.endsWith('Path') || value === null) continue;
    if (typeof value !== 'string' || !readable(value)) report('Value must be a valid JSONPath.', `${at}/${field}`);
  }
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

function readable(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch {
    return false;
  }
}
