/** An activity: the work waits until a worker asks for it with GetActivityTask. */
import { NOT_TRUNCATED, type TaskFamily } from './define-task-family.ts';

export const activity: TaskFamily = {
  label: (task) => task.resource.arn,
  scheduled: (task, text, more) => ({
    type: 'ActivityScheduled',
    activityScheduledEventDetails: {
      resource: task.resource.arn,
      input: text,
      inputDetails: NOT_TRUNCATED,
      ...(more.timeout !== undefined && { timeoutInSeconds: more.timeout }),
      ...(more.heartbeat !== undefined && { heartbeatInSeconds: more.heartbeat }),
    },
  }),
  started: () => undefined,
  taken: (_, workerName) => ({
    type: 'ActivityStarted',
    activityStartedEventDetails: { ...(workerName !== undefined && { workerName }) },
  }),
  submitted: () => undefined,
  succeeded: (_, output) => ({
    type: 'ActivitySucceeded',
    activitySucceededEventDetails: { output, outputDetails: NOT_TRUNCATED },
  }),
  failed: (_, failure) => ({ type: 'ActivityFailed', activityFailedEventDetails: { ...failure } }),
  timedOut: (_, failure) => ({ type: 'ActivityTimedOut', activityTimedOutEventDetails: { ...failure } }),
};
