/** The query languages, each for the fields of one state. */
import type { JsonObject } from '../json.ts';
import type { QueryLanguage } from './define-query-language.ts';
import { JsonataQuery } from './jsonata.ts';
import { JsonPathQuery } from './jsonpath.ts';

export type { NumberKind, Outcome, QueryLanguage, Scope } from './define-query-language.ts';
export const QUERY_LANGUAGES = { JSONPath: JsonPathQuery, JSONata: JsonataQuery } satisfies Record<
  string,
  new (
    raw: JsonObject,
  ) => QueryLanguage
>;
