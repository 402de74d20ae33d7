import { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { STATE_MACHINE_PREFIX } from '../../topology.ts';
import { deadLetters, workQueue } from '../queues.ts';
import { FAILED_EXECUTIONS } from './alarms.ts';

/**
 * Machines are made at run time, so no alarm can name them. But Step Functions tells the account's *default* bus (never
 * ours) whenever an execution changes status: a rule there notes down those of our machines that failed or timed out.
 * The queue is a list for people, and the alarm counts what is put into it. Aborted ones are not among them: that is
 * how a customer who reached a goal leaves (docs/decisions/0003).
 */
export function failedExecutions(scope: Construct): void {
  const { partition, region, account } = Stack.of(scope);
  const deadLetterQueue = deadLetters(scope, FAILED_EXECUTIONS);
  const queue = workQueue(scope, FAILED_EXECUTIONS, { deadLetterQueue, maxReceive: 100, handlerSeconds: 5 });
  const machines = `arn:${partition}:states:${region}:${account}:stateMachine:${STATE_MACHINE_PREFIX}`;
  new Rule(scope, 'FailedExecutions', {
    ruleName: 'pergola-failed-executions',
    description: 'On the default bus: executions of journeys that failed or timed out',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { status: ['FAILED', 'TIMED_OUT'], stateMachineArn: [{ prefix: machines }] },
    },
    targets: [new SqsQueue(queue, { deadLetterQueue })],
  });
}
