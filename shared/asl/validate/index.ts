/**
 * All that is wrong with a definition, with AWS's codes and places. Messages are AWS's where a recording shows them.
 * Not covered: everything that AWS checks of single service integrations.
 */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { STATE_KINDS } from '../states/index.ts';
import type { DefinitionDiagnostic } from './diagnostic.ts';
import { checkExpressions } from './expressions.ts';
import { checkFields } from './fields.ts';
import { jsonTextDiagnostic } from './json-text.ts';
import { checkTransitions, unreachable } from './transitions.ts';

export type { DefinitionDiagnostic } from './diagnostic.ts';

type Language = 'JSONPath' | 'JSONata';

/** Checks a definition's text for a machine of a type. No diagnostics: it is accepted. */
export function validateDefinition(text: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): DefinitionDiagnostic[] {
  let definition: Json;
  try {
    definition = JSON.parse(text) as Json;
  } catch {
    return [jsonTextDiagnostic(text)];
  }
  return checkDefinition(definition, type);
}

/** The same for a definition that is JSON already. */
export function checkDefinition(definition: Json, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): DefinitionDiagnostic[] {
  const found: DefinitionDiagnostic[] = [];
  const report = (
    message: string,
    location: string,
    code: DefinitionDiagnostic['code'] = 'SCHEMA_VALIDATION_FAILED',
  ) => {
    found.push({ severity: 'ERROR', code, message, location: location || '/' });
  };
  const names = new Set<string>();

  const checkMachine = (raw: Json | undefined, at: string, inherited: Language): void => {
    if (!isObject(raw)) {
      report('Value is not an object', at);
      return;
    }
    const missing = ['States', 'StartAt'].filter((field) => raw[field] === undefined);
    if (missing.length > 0) report(`These fields are required: [${missing.join(', ')}]`, at);
    const { States: states, StartAt: startAt } = raw;
    const language = languageOf(raw, inherited, at);
    if (!isObject(states)) return;
    if (Object.keys(states).length === 0) report('Value cannot be empty', `${at}/States`);
    for (const [name, state] of Object.entries(states))
      checkState(name, state, `${at}/States/${name}`, language, states);
    if (typeof startAt !== 'string') return;
    if (!Object.hasOwn(states, startAt))
      report(`Missing 'Next' target: ${startAt}`, `${at}/StartAt`, 'MISSING_TRANSITION_TARGET');
    else {
      for (const name of unreachable(states, startAt)) {
        report(`State "${name}" is not reachable.`, `${at}/States/${name}`, 'MISSING_TRANSITION_TARGET');
      }
    }
  };

  const checkState = (name: string, raw: Json, at: string, inherited: Language, siblings: JsonObject): void => {
    if (!isObject(raw)) {
      report('Value is not an object', at);
      return;
    }
    if (names.has(name)) report(`Duplicate state name: ${name}`, at);
    names.add(name);
    if (name.length > 80) report('State name must not be longer than 80 characters', at);
    if (raw.Type === undefined) {
      report('These fields are required: [Type]', at);
      return;
    }
    const kind = STATE_KINDS[raw.Type as keyof typeof STATE_KINDS];
    if (!kind) {
      report(`Value is not one of: [${Object.keys(STATE_KINDS).join(', ')}]`, `${at}/Type`);
      return;
    }
    const language = languageOf(raw, inherited, at);
    const place = { name, raw, kind, language, at, type, names: new Set(Object.keys(siblings)), report };
    checkFields(place);
    checkTransitions(place);
    checkExpressions(place);
    for (const part of kind.inner?.(raw) ?? []) checkMachine(part.machine, `${at}${part.at}`, inherited);
  };

  const languageOf = (raw: JsonObject, inherited: Language, at: string): Language => {
    const own = raw.QueryLanguage;
    if (own === undefined) return inherited;
    if (own === 'JSONPath' || own === 'JSONata') return own;
    report('Value is not one of: [JSONPath, JSONata]', `${at}/QueryLanguage`);
    return inherited;
  };

  checkMachine(definition, '', 'JSONPath');
  return found;
}
