/**
 * All that is wrong with a definition, with AWS's codes and places. Messages are AWS's where a recording or a published
 * measurement shows them.
 * Not covered: everything that AWS checks of single service integrations.
 */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { jsonProblem } from '../json-problem.ts';
import { STATE_KINDS } from '../states/index.ts';
import { checkChoiceRules } from './choice-rules.ts';
import { type DefinitionDiagnostic, oneOf, type Report } from './diagnostic.ts';
import { checkExpressions } from './expressions.ts';
import { checkFields, checkInnerMachineFields, checkMachineFields } from './fields.ts';
import { jsonTextDiagnostic } from './json-text.ts';
import { checkMapFields } from './map-fields.ts';
import { checkLanguageFields, checkLanguageName, languageOf } from './query-language.ts';
import { checkGraph, checkTransitions } from './transitions.ts';
import { checkMachineValues, checkValues } from './values.ts';
import type { Language } from './walk.ts';
import { warningsAbout } from './warnings.ts';

export type { DefinitionDiagnostic } from './diagnostic.ts';

/** AWS: a state's name has at most 80 characters. */
const LONGEST_NAME = 80;

/** Checks a definition's text for a machine of a type. No errors among what it tells: it is accepted. */
export function validateDefinition(text: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): DefinitionDiagnostic[] {
  if (text === '')
    return [{ severity: 'ERROR', code: 'MISSING_DESCRIPTION', message: 'The definition is empty', location: '/' }];
  if (text.trim() === '') return [notAnObject()];
  const problem = jsonProblem(text);
  return problem ? [jsonTextDiagnostic(text, problem)] : checkDefinition(JSON.parse(text) as Json, type);
}

/** AWS says so without a place. */
function notAnObject(): DefinitionDiagnostic {
  return { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' };
}

/** The same for a definition that is JSON already. */
export function checkDefinition(definition: Json, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): DefinitionDiagnostic[] {
  if (!isObject(definition)) return [notAnObject()];
  const found: DefinitionDiagnostic[] = [];
  const report: Report = (message, at, code = 'SCHEMA_VALIDATION_FAILED') => {
    found.push({ severity: 'ERROR', code, message, ...(at !== undefined && { location: at || '/' }) });
  };
  const names = new Set<string>();
  const labels = new Set<string>();

  const checkMachine = (raw: Json | undefined, at: string, inherited: Language): void => {
    if (!isObject(raw)) {
      report('Value is not an object', at);
      return;
    }
    const missing = ['States', 'StartAt'].filter((field) => raw[field] === undefined);
    if (missing.length > 0) report(`These fields are required: [${missing.join(', ')}]`, at);
    const { States: states, StartAt: startAt } = raw;
    const language = languageOf(raw, inherited);
    if (startAt !== undefined && typeof startAt !== 'string') report('Expected value of type String', `${at}/StartAt`);
    if (!isObject(states)) {
      if (states !== undefined) report('Expected value of type Object', `${at}/States`);
      return;
    }
    if (Object.keys(states).length === 0) report('Value cannot be empty', `${at}/States`);
    for (const [name, state] of Object.entries(states))
      checkState(name, state, `${at}/States/${name}`, language, states);
    checkGraph(states, startAt, at, report);
  };

  const checkState = (name: string, raw: Json, at: string, inherited: Language, siblings: JsonObject): void => {
    if (!isObject(raw)) {
      report('Value is not an object', at);
      return;
    }
    if (names.has(name)) report(`Duplicate state name: ${name}`, at, 'DUPLICATE_STATE_NAME');
    names.add(name);
    if (name.length > LONGEST_NAME)
      report(`State name must not be longer than ${LONGEST_NAME} characters`, at, 'INVALID_STATE_NAME');
    if (typeof raw.Label === 'string') {
      if (labels.has(raw.Label)) report(`Duplicate label: ${raw.Label}`, `${at}/Label`, 'DUPLICATE_LABEL_NAME');
      labels.add(raw.Label);
    }
    if (raw.Type === undefined) {
      report('These fields are required: [Type]', at);
      return;
    }
    const kind = STATE_KINDS[raw.Type as keyof typeof STATE_KINDS];
    if (!kind) {
      oneOf(Object.keys(STATE_KINDS), raw.Type, `${at}/Type`, report);
      return;
    }
    const language = languageOf(raw, inherited);
    const place = { name, raw, kind, language, at, type, names: new Set(Object.keys(siblings)), report };
    checkLanguageFields(place, inherited);
    checkLanguageName(raw, at, report);
    checkFields(place);
    checkValues(place);
    checkChoiceRules(place);
    checkMapFields(place);
    checkTransitions(place);
    checkExpressions(place);
    found.push(...warningsAbout(place));
    for (const part of kind.inner?.(raw) ?? []) {
      if (isObject(part.machine)) checkInnerMachineFields(part.machine, `${at}${part.at}`, report);
      // A state's own language is for its own fields; machines inside it take the machine's.
      checkMachine(part.machine, `${at}${part.at}`, inherited);
    }
  };

  checkMachineFields(definition, '', report);
  checkMachineValues(definition, '', report);
  checkLanguageName(definition, '', report);
  checkMachine(definition, '', 'JSONPath');
  return found;
}
