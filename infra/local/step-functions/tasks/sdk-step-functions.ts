/** `arn:aws:states:::aws-sdk:sfn:<operation>`: this service's own API. */
import { isObject, type Json } from '../../../../shared/asl/index.ts';
import { callOperation } from '../operations/index.ts';
import { sdkError } from './aws-errors.ts';
import { camelCased, pascalCased } from './casing.ts';
import type { TaskRunner } from './define-task.ts';

export const sdkStepFunctions: TaskRunner = async (call, service) => {
  const action = call.resource.action?.split('.')[0] ?? '';
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  const body = camelCased(isObject(call.parameters) ? call.parameters : {}) as Record<string, unknown>;
  // The API takes these as text; a definition may give them as JSON.
  for (const member of ['output', 'input', 'definition']) {
    if (body[member] !== undefined && typeof body[member] !== 'string') body[member] = JSON.stringify(body[member]);
  }
  try {
    const answer = await callOperation(operation, body, service);
    return pascalCased(JSON.parse(JSON.stringify(answer)) as Json);
  } catch (error) {
    throw await sdkError('sfn', error);
  }
};
