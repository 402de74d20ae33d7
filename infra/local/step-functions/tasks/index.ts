/** What carries out which resource. A new one is a file and a line here. */
import type { TaskResource } from '../../../../shared/asl/index.ts';
import type { TaskRunner } from './define-task.ts';
import { lambdaFunction, lambdaInvoke } from './lambda.ts';

/** By `service:action` without the pattern's suffix. */
const SERVICES: Record<string, TaskRunner> = {
  'lambda:invoke': lambdaInvoke,
};

/** Undefined where the resource is not emulated here. */
export function taskRunner(resource: TaskResource): TaskRunner | undefined {
  if (resource.family === 'lambda-function') return lambdaFunction;
  return SERVICES[`${resource.service}:${resource.action?.split('.')[0]}`];
}
