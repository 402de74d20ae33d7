/** What carries out which resource. A new one is a file and a line here. */
import type { Json, TaskResource } from '../../../../shared/asl/index.ts';
import type { Service } from '../service.ts';
import { type Call, TaskError, type TaskRunner } from './define-task.ts';
import { lambdaFunction, lambdaInvoke } from './lambda.ts';
import { listObjects, readFile } from './map-io/read-items.ts';
import { writeResults } from './map-io/write-results.ts';
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
  's3:getObject': readFile,
  's3:listObjectsV2': listObjects,
  's3:putObject': writeResults,
  'aws-sdk:sfn': sdkStepFunctions,
};

/** Carries out a call. Throws TaskError: what the task fails with. */
export async function perform(call: Call, service: Service): Promise<Json> {
  const run = taskRunner(call.resource);
  if (!run) throw new TaskError('States.Runtime', `The resource '${call.resource.arn}' is not emulated here`);
  return run(call, service);
}

/** Undefined where the resource is not emulated here. */
function taskRunner(resource: TaskResource): TaskRunner | undefined {
  if (resource.family === 'lambda-function') return lambdaFunction;
  const service = resource.service ?? '';
  return (
    SERVICES[`${service}:${resource.action?.split('.')[0]}`] ??
    SERVICES[service] ??
    (service.startsWith('aws-sdk:') ? sdkCall : undefined)
  );
}
