/** What is wrong with a definition, as ValidateStateMachineDefinition tells it. */
export interface DefinitionDiagnostic {
  severity: 'ERROR' | 'WARNING';
  code: 'INVALID_JSON_DESCRIPTION' | 'SCHEMA_VALIDATION_FAILED' | 'MISSING_TRANSITION_TARGET';
  message: string;
  /** A JSON pointer such as `/States/Wait/Seconds`; for text that is no JSON, line and column. */
  location: string;
}
