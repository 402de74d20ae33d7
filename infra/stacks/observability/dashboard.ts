import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import {
  BUS_NAME,
  FUNCTIONS,
  type FunctionName,
  type FunctionSpec,
  TABLES,
  type TableName,
  type Trigger,
} from '../../topology.ts';
import { FAILED_EXECUTIONS } from './alarms.ts';
import { functionMetric, openExecutions, queueMetric, tableMetric, throttledTransitions } from './metrics.ts';

const functions = Object.entries<FunctionSpec>(FUNCTIONS) as [FunctionName, FunctionSpec][];
const triggeredBy = (type: Trigger['type']): FunctionName[] =>
  functions.filter(([, spec]) => spec.trigger.type === type).map(([name]) => name);
const graph = (title: string, left: IMetric[], right: IMetric[] = []): IWidget =>
  new GraphWidget({ title, left, right, width: 12, height: 6, period: Duration.minutes(5) });

/** One page, in the order of an event's way: in, tagged, entered, waiting, sent; then what serves all of it. */
export function dashboard(scope: Construct): Dashboard {
  const queues = functions.flatMap(([, { trigger }]) => (trigger.type === 'queue' ? [trigger.name] : []));
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: 'pergola',
    defaultInterval: Duration.hours(12),
    widgets: [
      [
        graph(
          'Events taken by the bus, and waiting',
          queues.map((queue) => matched(queue)),
          queues.map((queue) =>
            queueMetric(queue, 'ApproximateNumberOfMessagesVisible', { label: `${queue} waiting` }),
          ),
        ),
        graph(
          'Seconds the oldest event waits; ms behind the streams',
          queues.map((queue) => queueMetric(queue, 'ApproximateAgeOfOldestMessage')),
          triggeredBy('stream').map((name) => functionMetric(name, 'IteratorAge', { statistic: Stats.MAXIMUM })),
        ),
      ],
      [
        graph(
          'Executions',
          ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsAborted', 'ExecutionsFailed'].map(executions),
        ),
        graph('Open executions; throttled transitions', [openExecutions()], [throttledTransitions()]),
      ],
      [
        graph(
          'Steps: calls',
          triggeredBy('step').map((name) => functionMetric(name, 'Invocations')),
        ),
        graph(
          'Steps: 99 % are faster than',
          triggeredBy('step').map((name) => functionMetric(name, 'Duration', { statistic: 'p99' })),
        ),
      ],
      [
        graph(
          'Errors of functions',
          functions.map(([name]) => functionMetric(name, 'Errors')),
        ),
        graph(
          'API: 99 % are faster than',
          triggeredBy('http').map((name) => functionMetric(name, 'Duration', { statistic: 'p99' })),
        ),
      ],
      [
        graph(
          'Dead letters',
          [...queues, ...triggeredBy('stream'), ...triggeredBy('schedule'), FAILED_EXECUTIONS].map((of) =>
            queueMetric(`${of}-dlq`, 'ApproximateNumberOfMessagesVisible'),
          ),
        ),
        graph(
          'Tables: write units; throttled',
          (Object.keys(TABLES) as TableName[]).map((table) => tableMetric(table, 'ConsumedWriteCapacityUnits')),
          (Object.keys(TABLES) as TableName[]).map((table) => tableMetric(table, 'WriteThrottleEvents')),
        ),
      ],
    ],
  });
}

const matched = (queue: string): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName: 'MatchedEvents',
    dimensionsMap: { EventBusName: BUS_NAME, RuleName: `pergola-${queue}` },
    statistic: Stats.SUM,
    label: `${queue} taken`,
  });

/** Over all machines of the account and Region: journeys are made at run time and cannot be listed here. */
const executions = (metricName: string): MathExpression =>
  new MathExpression({
    expression: `SELECT SUM(${metricName}) FROM SCHEMA("AWS/States", StateMachineArn)`,
    label: metricName,
    period: Duration.minutes(5),
  });
