/** What the checks of one state work with. */
import type { JsonObject } from '../json.ts';
import type { StateKind } from '../states/index.ts';
import type { Report } from './diagnostic.ts';

export type Language = 'JSONPath' | 'JSONata';

export interface Place {
  name: string;
  raw: JsonObject;
  kind: StateKind;
  language: Language;
  /** Where the state stands: `/States/Wait`. */
  at: string;
  type: string;
  names: ReadonlySet<string>;
  report: Report;
}
