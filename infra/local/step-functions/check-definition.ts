/** Whether a definition is accepted, told as CreateStateMachine tells it. */
import { compileMachine, DefinitionError, type Json } from '../../../shared/asl/index.ts';
import { AwsError } from '../time-source.ts';

/** Throws InvalidDefinition. */
export function checkDefinition(text: string, _type: string): void {
  let definition: Json;
  try {
    definition = JSON.parse(text) as Json;
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`);
  }
  try {
    compileMachine(definition);
  } catch (error) {
    if (error instanceof DefinitionError) throw invalid(`SCHEMA_VALIDATION_FAILED: ${error.message}`);
    throw error;
  }
}

function invalid(detail: string): AwsError {
  return new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${detail}'`);
}
