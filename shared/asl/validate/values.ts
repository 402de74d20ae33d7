/**
 * What the fields of a state and of its retriers, catchers and rules may hold. "Expected value of type …" and "Maximum
 * value is …" are AWS's words, seen in deployments; the others are written after them, since no recording shows any.
 */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { expressionIn } from '../jsonata/evaluate.ts';
import { oneOf, type Report } from './diagnostic.ts';
import type { Language, Place } from './walk.ts';

interface Range {
  type: 'Integer' | 'Float';
  least?: number;
  most?: number;
}

/** AWS: so many seconds (or tries) at most, somewhat more than three years. */
const LONGEST = 99_999_999;

const SECONDS: Range = { type: 'Integer', least: 1, most: LONGEST };
const COUNT: Range = { type: 'Integer', least: 0 };

const NUMBERS: Readonly<Record<string, Range>> = {
  Seconds: { ...SECONDS, least: 0 },
  TimeoutSeconds: SECONDS,
  HeartbeatSeconds: SECONDS,
  MaxConcurrency: COUNT,
  ToleratedFailureCount: COUNT,
  ToleratedFailurePercentage: { type: 'Float', least: 0, most: 100 },
};

const RETRIER_NUMBERS: Readonly<Record<string, Range>> = {
  IntervalSeconds: SECONDS,
  MaxAttempts: { ...COUNT, most: LONGEST },
  MaxDelaySeconds: { ...SECONDS, most: 31_622_399 },
  BackoffRate: { type: 'Float', least: 1 },
};

const JITTER = ['FULL', 'NONE'];

const RETRIER = new Set(['ErrorEquals', 'Comment', 'JitterStrategy', ...Object.keys(RETRIER_NUMBERS)]);
const CATCHER: Readonly<Record<Language, ReadonlySet<string>>> = {
  JSONPath: new Set(['ErrorEquals', 'Comment', 'Next', 'Assign', 'ResultPath']),
  JSONata: new Set(['ErrorEquals', 'Comment', 'Next', 'Assign', 'Output']),
};

/** AWS: a variable's name is an identifier of at most 80 characters, and `states` has a meaning of its own. */
const VARIABLE = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const LONGEST_VARIABLE = 80;

export function checkValues({ raw, language, at, report }: Place): void {
  checkNumbers(raw, NUMBERS, language, at, report);
  checkHeartbeat(raw, at, report);
  checkVariables(raw.Assign, at, report);
  each(raw.Retry, `${at}/Retry`, (retrier, where) => {
    checkHandler(retrier, RETRIER, where, report);
    checkNumbers(retrier, RETRIER_NUMBERS, 'JSONPath', where, report);
    const { JitterStrategy: jitter } = retrier;
    if (jitter !== undefined) oneOf(JITTER, jitter, `${where}/JitterStrategy`, report);
  });
  checkErrorNames(raw.Retry, `${at}/Retry`, report);
  checkErrorNames(raw.Catch, `${at}/Catch`, report);
  each(raw.Catch, `${at}/Catch`, (catcher, where) => {
    checkHandler(catcher, CATCHER[language], where, report);
    checkVariables(catcher.Assign, where, report);
    if (catcher.Next === undefined) report('These fields are required: [Next]', where);
  });
  each(raw.Choices, `${at}/Choices`, (rule, where) => {
    checkVariables(rule.Assign, where, report);
    const missing = ['Next', ...conditionOf(language)].filter((field) => !present(rule, field));
    if (missing.length > 0)
      report(`These fields are required: [${missing.map((m) => m.split('|')[0]).join(', ')}]`, where);
  });
}

/** The time limit of a machine. */
export function checkMachineValues(raw: JsonObject, at: string, report: Report): void {
  checkNumbers(raw, { TimeoutSeconds: SECONDS }, 'JSONPath', at, report);
}

function conditionOf(language: Language): string[] {
  return language === 'JSONata' ? ['Condition'] : ['Variable|And|Or|Not'];
}

function present(raw: JsonObject, field: string): boolean {
  return field.split('|').some((name) => raw[name] !== undefined);
}

function each(list: Json | undefined, at: string, check: (entry: JsonObject, where: string) => void): void {
  if (!Array.isArray(list)) return;
  for (const [i, entry] of list.entries()) if (isObject(entry)) check(entry, `${at}[${i}]`);
}

/** A task that must be heard of in time must be so before its time is up (the states language's specification). */
function checkHeartbeat(
  { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat }: JsonObject,
  at: string,
  report: Report,
) {
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout)
    report('HeartbeatSeconds must be smaller than TimeoutSeconds', at);
}

function checkNumbers(
  raw: JsonObject,
  ranges: Readonly<Record<string, Range>>,
  language: Language,
  at: string,
  report: Report,
): void {
  for (const [field, { type, least, most }] of Object.entries(ranges)) {
    const value = raw[field];
    if (value === undefined) continue;
    if (language === 'JSONata' && typeof value === 'string' && expressionIn(value) !== undefined) continue;
    const where = `${at}/${field}`;
    if (typeof value !== 'number' || (type === 'Integer' && !Number.isInteger(value)))
      report(`Expected value of type ${type}`, where);
    else if (least !== undefined && value < least) report(`Minimum value is ${written(least, type)}`, where);
    else if (most !== undefined && value > most) report(`Maximum value is ${written(most, type)}`, where);
  }
}

/** AWS writes the bounds of a number that may have a fraction with one: `0.0`. */
function written(bound: number, type: Range['type']): string {
  return type === 'Float' && Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** What a retrier and a catcher have in common: the errors they are for, and no fields that AWS does not know. */
function checkHandler(entry: JsonObject, fields: ReadonlySet<string>, at: string, report: Report): void {
  const { ErrorEquals: names } = entry;
  if (!Array.isArray(names) || names.length === 0) report('These fields are required: [ErrorEquals]', at);
  else if (!names.every((name) => typeof name === 'string'))
    report('Expected value of type String', `${at}/ErrorEquals`);
  for (const field of Object.keys(entry)) if (!fields.has(field)) report(`Field '${field}' is not supported`, at);
}

function checkVariables(assign: Json | undefined, at: string, report: Report): void {
  if (assign === undefined) return;
  if (!isObject(assign)) {
    report('Expected value of type Object', `${at}/Assign`);
    return;
  }
  for (const key of Object.keys(assign)) {
    const name = key.replace(/\.\$$/, '');
    if (name === 'states' || name.length > LONGEST_VARIABLE || !VARIABLE.test(name))
      report(`'${name}' is not a valid variable name`, `${at}/Assign`);
  }
}

/** States.ALL stands for all others: alone, and in the last entry. */
function checkErrorNames(entries: Json | undefined, at: string, report: Report): void {
  if (!Array.isArray(entries)) return;
  each(entries, at, ({ ErrorEquals: names }, where) => {
    if (!Array.isArray(names) || !names.includes('States.ALL')) return;
    const last = where === `${at}[${entries.length - 1}]`;
    if (names.length > 1 || !last)
      report("'States.ALL' must appear alone, and in the last entry", `${where}/ErrorEquals`);
  });
}
