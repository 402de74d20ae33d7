/** The query languages. */
import type { QueryLanguage } from './define-query-language.ts';
import { jsonata } from './jsonata.ts';
import { jsonpath } from './jsonpath.ts';

export type { NumberKind, Outcome, QueryLanguage, Scope } from './define-query-language.ts';
export const QUERY_LANGUAGES = { JSONPath: jsonpath, JSONata: jsonata } satisfies Record<string, QueryLanguage>;
