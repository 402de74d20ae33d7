/** What carries out which resource. A new one is a file and a line here. */
import type { TaskResource } from '../../../../shared/asl/index.ts';
import type { TaskRunner } from './define-task.ts';
import { lambdaFunction, lambdaInvoke } from './lambda.ts';
import { dynamodb, eventsPutEvents, sdkCall, snsPublish, sqsSendMessage } from './other-services.ts';
import { sdkStepFunctions } from './sdk-step-functions.ts';
import { startExecution } from './start-execution.ts';

/** By `service:action` without the pattern's suffix, then by `service`. */
const SERVICES: Record<string, TaskRunner> = {
  'lambda:invoke': lambdaInvoke,
  'states:startExecution': startExecution,
  'sqs:sendMessage': sqsSendMessage,
  'sns:publish': snsPublish,
  'events:putEvents': eventsPutEvents,
  'dynamodb:getItem': dynamodb,
  'dynamodb:putItem': dynamodb,
  'dynamodb:updateItem': dynamodb,
  'dynamodb:deleteItem': dynamodb,
  'aws-sdk:sfn': sdkStepFunctions,
};

/** Undefined where the resource is not emulated here. */
export function taskRunner(resource: TaskResource): TaskRunner | undefined {
  if (resource.family === 'lambda-function') return lambdaFunction;
  const service = resource.service ?? '';
  return (
    SERVICES[`${service}:${resource.action?.split('.')[0]}`] ??
    SERVICES[service] ??
    (service.startsWith('aws-sdk:') ? sdkCall : undefined)
  );
}
