/** An activity: the work waits until a worker asks for it with GetActivityTask. */
import { NOT_TRUNCATED, type TaskFamily } from './define-task-family.ts';

export const activity: TaskFamily = {
  label: (task) => task.resource.arn,
  scheduled: (task, text, seconds) => ({
    type: 'ActivityScheduled',
    activityScheduledEventDetails: {
      resource: task.resource.arn,
      input: text,
      inputDetails: NOT_TRUNCATED,
      ...(seconds.timeout !== undefined && { timeoutInSeconds: seconds.timeout }),
      ...(seconds.heartbeat !== undefined && { heartbeatInSeconds: seconds.heartbeat }),
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
