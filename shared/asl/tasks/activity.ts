/** An activity: the work waits until a worker asks for it with GetActivityTask. */
import { NOT_TRUNCATED } from '../journal.ts';
import type { TaskFamily } from './define-task-family.ts';

export const activity: TaskFamily = {
  label: (task) => task.resource.arn,
  scheduled: {
    type: 'ActivityScheduled',
    name: 'activityScheduledEventDetails',
    details: (task, more, text) => ({
      resource: task.resource.arn,
      input: text(task.parameters),
      inputDetails: NOT_TRUNCATED,
      ...(more.timeout !== undefined && { timeoutInSeconds: more.timeout }),
      ...(more.heartbeat !== undefined && { heartbeatInSeconds: more.heartbeat }),
    }),
  },
  taken: {
    type: 'ActivityStarted',
    name: 'activityStartedEventDetails',
    details: (_, workerName) => ({ ...(workerName !== undefined && { workerName }) }),
  },
  succeeded: {
    type: 'ActivitySucceeded',
    name: 'activitySucceededEventDetails',
    details: (_, output, text) => ({ output: text(output), outputDetails: NOT_TRUNCATED }),
  },
  failed: { type: 'ActivityFailed', name: 'activityFailedEventDetails', details: (_, failure) => ({ ...failure }) },
  timedOut: {
    type: 'ActivityTimedOut',
    name: 'activityTimedOutEventDetails',
    details: (_, failure) => ({ ...failure }),
  },
};
