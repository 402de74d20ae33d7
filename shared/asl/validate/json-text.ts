/** A definition that is no JSON, as AWS tells it: with the text itself and the place in it. */
import { type JsonProblem, sourceLocation } from '../json-problem.ts';
import type { DefinitionDiagnostic } from './diagnostic.ts';

export function jsonTextDiagnostic(text: string, problem: JsonProblem): DefinitionDiagnostic {
  const location = sourceLocation(text, problem);
  return {
    severity: 'ERROR',
    code: 'INVALID_JSON_DESCRIPTION',
    message: `${problem.message}\n at ${location}`,
    location,
  };
}
