/** Whether a definition is accepted, told as CreateStateMachine tells it. */
import { type DefinitionDiagnostic, validateDefinition } from '../../../shared/asl/index.ts';
import { AwsError } from '../time-source.ts';

/** Throws InvalidDefinition. */
export function checkDefinition(text: string, type: string): void {
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
