/** Whether a definition is accepted, told as CreateStateMachine tells it. */
import { type DefinitionDiagnostic, validateDefinition } from '../../../shared/asl/index.ts';
import { AwsError } from '../time-source.ts';

/** AWS: a definition has at most 1 MB. */
const MAX_DEFINITION = 1_048_576;

/** Throws InvalidDefinition. */
export function checkDefinition(text: string, type: string): void {
  if (text.length > MAX_DEFINITION) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to ${MAX_DEFINITION}`,
    );
  }
  refuse(validateDefinition(text, type === 'EXPRESS' ? 'EXPRESS' : 'STANDARD'));
}

/** Throws InvalidDefinition when there are errors; warnings do not count. */
export function refuse(found: readonly DefinitionDiagnostic[]): void {
  const errors = found.filter(({ severity }) => severity === 'ERROR');
  if (errors.length === 0) return;
  // What has no place is said to be at null (AWS); a text that is no JSON has its place in the message.
  const told = errors.map(({ code, message, location = 'null' }) =>
    code === 'INVALID_JSON_DESCRIPTION' ? `${code}: ${message}` : `${code}: ${message.trimEnd()} at ${location}`,
  );
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${told.join(', ')}'`);
}
