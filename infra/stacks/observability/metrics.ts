import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricProps, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName, TableName } from '../../topology.ts';
import { functionName, queueName, tableName } from '../names.ts';

/** Metrics by name: alarms and dashboard hold no reference to other stacks, so nothing keeps those from changing. */
type Options = Partial<Pick<MetricProps, 'label' | 'period' | 'statistic' | 'color'>>;

const of =
  (namespace: string, dimensions: (of: string) => Record<string, string>) =>
  (name: string, metricName: string, options: Options = {}): Metric =>
    new Metric({
      namespace,
      metricName,
      dimensionsMap: dimensions(name),
      statistic: Stats.SUM,
      period: Duration.minutes(5),
      label: name,
      ...options,
    });

const lambda = of('AWS/Lambda', (FunctionName) => ({ FunctionName }));
const sqs = of('AWS/SQS', (QueueName) => ({ QueueName }));
const dynamodb = of('AWS/DynamoDB', (TableName) => ({ TableName }));
const statesApi = of('AWS/States', (APIName) => ({ APIName }));

export const functionMetric = (name: FunctionName, metric: string, options?: Options): Metric =>
  lambda(functionName(name), metric, { label: name, ...options });

export const queueMetric = (queue: string, metric: string, options?: Options): Metric =>
  sqs(queueName(queue), metric, { label: queue, statistic: Stats.MAXIMUM, ...options });

export const tableMetric = (table: TableName, metric: string, options?: Options): Metric =>
  dynamodb(tableName(table), metric, { label: table, ...options });

/** Calls of Step Functions' API that were refused for their rate, in this account and Region. */
export const throttledCalls = (api: string): Metric => statesApi(api, 'ThrottledEvents', { label: `${api} throttled` });

export const throttledTransitions = (): Metric =>
  new Metric({
    namespace: 'AWS/States',
    metricName: 'ThrottledEvents',
    dimensionsMap: { ServiceMetric: 'StateTransition' },
    statistic: Stats.SUM,
    period: Duration.minutes(5),
    label: 'transitions throttled',
  });

/** Standard executions under way in this account and Region; 1,000,000 is where AWS stops starting more. */
export const openExecutions = (): Metric =>
  new Metric({
    namespace: 'AWS/States',
    metricName: 'OpenExecutionCount',
    statistic: Stats.MAXIMUM,
    period: Duration.minutes(5),
    label: 'open executions',
  });
