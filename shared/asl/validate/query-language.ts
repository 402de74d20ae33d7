/** QueryLanguage: which one a machine and its states have, and which fields go with it. */
import type { JsonObject } from '../json.ts';
import type { Report } from './diagnostic.ts';
import type { Language, Place } from './walk.ts';

const ONLY: Readonly<Record<Language, ReadonlySet<string>>> = {
  JSONPath: new Set([
    'InputPath',
    'OutputPath',
    'ResultPath',
    'Parameters',
    'ResultSelector',
    'Result',
    'ItemsPath',
    'SecondsPath',
    'TimestampPath',
    'ErrorPath',
    'CausePath',
    'TimeoutSecondsPath',
    'HeartbeatSecondsPath',
    'MaxConcurrencyPath',
    'ToleratedFailureCountPath',
    'ToleratedFailurePercentagePath',
  ]),
  JSONata: new Set(['Arguments', 'Output', 'Items']),
};

const other = (language: Language): Language => (language === 'JSONPath' ? 'JSONata' : 'JSONPath');

/** The language of a machine, or of a state in a machine of the language `inherited`. */
export function languageOf(raw: JsonObject, inherited: Language, at: string, report: Report): Language {
  const own = raw.QueryLanguage;
  if (own === undefined) return inherited;
  if (own === 'JSONPath' || own === 'JSONata') return own;
  report('Value is not one of: [JSONPath, JSONata]', `${at}/QueryLanguage`);
  return 'JSONata';
}

/** A state may turn to JSONata, not back. */
export function checkStateLanguage(raw: JsonObject, inherited: Language, at: string, report: Report): void {
  if (inherited === 'JSONata' && raw.QueryLanguage === 'JSONPath')
    report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at);
}

export function checkLanguageFields({ raw, language, at, report }: Place): void {
  const wrong = other(language);
  for (const field of Object.keys(raw)) {
    if (!ONLY[wrong].has(field)) continue;
    report(
      `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${wrong}' QueryLanguage`,
      at,
    );
  }
}
