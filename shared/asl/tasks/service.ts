/** A service integration: `arn:aws:states:::lambda:invoke`, `….waitForTaskToken`, `….sync`, `aws-sdk:…`. */
import type { PendingTask } from '../types.ts';
import { NOT_TRUNCATED, type TaskFamily } from './define-task-family.ts';

const named = (task: PendingTask) => ({ resourceType: task.resource.service, resource: task.resource.action });

export const service: TaskFamily = {
  label: (task) => task.resource.service ?? task.resource.arn,
  scheduled: (task, text, seconds, region) => ({
    type: 'TaskScheduled',
    taskScheduledEventDetails: {
      ...named(task),
      region,
      parameters: text,
      ...(seconds.timeout !== undefined && { timeoutInSeconds: seconds.timeout }),
      ...(seconds.heartbeat !== undefined && { heartbeatInSeconds: seconds.heartbeat }),
    },
  }),
  started: (task) => ({ type: 'TaskStarted', taskStartedEventDetails: named(task) }),
  taken: () => undefined,
  submitted: (task, output) => ({
    type: 'TaskSubmitted',
    taskSubmittedEventDetails: { ...named(task), output, outputDetails: NOT_TRUNCATED },
  }),
  succeeded: (task, output) => ({
    type: 'TaskSucceeded',
    taskSucceededEventDetails: { ...named(task), output, outputDetails: NOT_TRUNCATED },
  }),
  failed: (task, failure) => ({ type: 'TaskFailed', taskFailedEventDetails: { ...named(task), ...failure } }),
  timedOut: (task, failure) => ({ type: 'TaskTimedOut', taskTimedOutEventDetails: { ...named(task), ...failure } }),
};
