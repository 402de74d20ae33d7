/** QueryLanguage: which one a machine and its states have, and which fields go with it. */
import type { JsonObject } from '../json.ts';
import { oneOf, type Report } from './diagnostic.ts';
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

const LANGUAGES: readonly string[] = ['JSONPath', 'JSONata'];

/** The language of a machine, or of a state in a machine of the language `inherited`. What is neither counts as JSONata. */
export function languageOf({ QueryLanguage: own }: JsonObject, inherited: Language): Language {
  if (own === undefined) return inherited;
  return own === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

/** Told after what the language, as it is taken to be, makes of the fields. */
export function checkLanguageName({ QueryLanguage: own }: JsonObject, at: string, report: Report): void {
  if (own !== undefined) oneOf(LANGUAGES, own, `${at}/QueryLanguage`, report);
}

/** Fields that only the other language has. Where a state turns back to JSONPath, which it may not, only that is told. */
export function checkLanguageFields({ raw, language, at, report }: Place, inherited: Language): void {
  if (inherited === 'JSONata' && raw.QueryLanguage === 'JSONPath') {
    report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at);
    return;
  }
  const wrong = other(language);
  for (const field of Object.keys(raw)) {
    if (!ONLY[wrong].has(field)) continue;
    report(
      `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${wrong}' QueryLanguage`,
      at,
    );
  }
}
