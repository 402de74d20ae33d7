/**
 * What is wrong with a definition, as ValidateStateMachineDefinition tells it.
 * Codes: AWS, Step Functions API reference, ValidateStateMachineDefinitionDiagnostic (and, for JSONata, as measured).
 */
import type { Json } from '../json.ts';

export type DiagnosticCode =
  | 'MISSING_DESCRIPTION'
  | 'INVALID_JSON_DESCRIPTION'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_STATE_NAME'
  | 'DUPLICATE_LABEL_NAME'
  | 'INVALID_LABEL_NAME'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION'
  // Warnings: such a definition is accepted.
  | 'NO_DOLLAR'
  | 'NO_PATH'
  | 'PASS_RESULT_IS_STATIC';

export interface DefinitionDiagnostic {
  severity: 'ERROR' | 'WARNING';
  code: DiagnosticCode;
  message: string;
  /** A JSON pointer such as `/States/Wait/Seconds`; for text that is no JSON, line and column. Not all have a place. */
  location?: string;
}

/** Tells one. `at`: its place, if it has one. */
export type Report = (message: string, at: string | undefined, code?: DiagnosticCode) => void;

/** A text that is one of some, in the words that AWS has for QueryLanguage. */
export function oneOf(values: readonly string[], value: Json | undefined, at: string, report: Report): void {
  if (typeof value !== 'string') report('Expected value of type [STRING]', at);
  else if (!values.includes(value)) report(`Value should be one of the following: [${values.join(', ')}]`, at);
}
