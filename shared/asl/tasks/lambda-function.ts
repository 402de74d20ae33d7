/** A Lambda function's ARN as Resource: the older way, with events of its own. */
import { NOT_TRUNCATED, type TaskFamily } from './define-task-family.ts';

export const lambdaFunction: TaskFamily = {
  label: (task) => task.resource.arn,
  scheduled: (task, text, more) => ({
    type: 'LambdaFunctionScheduled',
    lambdaFunctionScheduledEventDetails: {
      resource: task.resource.arn,
      input: text,
      inputDetails: NOT_TRUNCATED,
      ...(more.timeout !== undefined && { timeoutInSeconds: more.timeout }),
      ...(more.roleArn !== undefined && { taskCredentials: { roleArn: more.roleArn } }),
    },
  }),
  started: () => ({ type: 'LambdaFunctionStarted' }),
  taken: () => undefined,
  submitted: () => undefined,
  succeeded: (_, output) => ({
    type: 'LambdaFunctionSucceeded',
    lambdaFunctionSucceededEventDetails: { output, outputDetails: NOT_TRUNCATED },
  }),
  failed: (_, failure) => ({ type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { ...failure } }),
  timedOut: (_, failure) => ({ type: 'LambdaFunctionTimedOut', lambdaFunctionTimedOutEventDetails: { ...failure } }),
};
