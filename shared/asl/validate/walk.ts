/** What the checks of one state, and of one machine in a definition, work with. */
import type { JsonObject } from '../json.ts';
import type { StateKind } from '../states/index.ts';
import type { DefinitionDiagnostic } from './diagnostic.ts';

export interface Place {
  name: string;
  raw: JsonObject;
  kind: StateKind;
  language: 'JSONPath' | 'JSONata';
  /** Where the state stands: `/States/Wait`. */
  at: string;
  type: string;
  names: ReadonlySet<string>;
  report(message: string, at: string, code?: DefinitionDiagnostic['code']): void;
}
