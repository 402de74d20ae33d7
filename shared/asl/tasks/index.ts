/** The kinds of tasks, by the events they leave. A new kind is a file and a line here. */
import { activity } from './activity.ts';
import type { TaskFamily } from './define-task-family.ts';
import { lambdaFunction } from './lambda-function.ts';
import { mapIo } from './map-io.ts';
import type { TaskResource } from './resource.ts';
import { service } from './service.ts';

export const TASK_FAMILIES = {
  'lambda-function': lambdaFunction,
  activity,
  service,
  'map-io': mapIo,
} satisfies Record<TaskResource['family'], TaskFamily>;
