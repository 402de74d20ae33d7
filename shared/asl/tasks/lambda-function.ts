/** A Lambda function's ARN as Resource: the older way, with events of its own. */
import { NOT_TRUNCATED } from '../journal.ts';
import type { TaskFamily } from './define-task-family.ts';

export const lambdaFunction: TaskFamily = {
  label: (task) => task.resource.arn,
  scheduled: {
    type: 'LambdaFunctionScheduled',
    name: 'lambdaFunctionScheduledEventDetails',
    details: (task, more, text) => ({
      resource: task.resource.arn,
      input: text(task.parameters),
      inputDetails: NOT_TRUNCATED,
      ...(more.timeout !== undefined && { timeoutInSeconds: more.timeout }),
      ...(more.roleArn !== undefined && { taskCredentials: { roleArn: more.roleArn } }),
    }),
  },
  started: { type: 'LambdaFunctionStarted' },
  succeeded: {
    type: 'LambdaFunctionSucceeded',
    name: 'lambdaFunctionSucceededEventDetails',
    details: (_, output, text) => ({ output: text(output), outputDetails: NOT_TRUNCATED }),
  },
  failed: {
    type: 'LambdaFunctionFailed',
    name: 'lambdaFunctionFailedEventDetails',
    details: (_, failure) => ({ ...failure }),
  },
  timedOut: {
    type: 'LambdaFunctionTimedOut',
    name: 'lambdaFunctionTimedOutEventDetails',
    details: (_, failure) => ({ ...failure }),
  },
};
