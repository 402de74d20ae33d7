import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  FUNCTIONS,
  type FunctionName,
  type FunctionSpec,
  TABLES,
  type TableName,
  type Trigger,
} from '../../topology.ts';
import {
  functionMetric,
  openExecutions,
  queueMetric,
  tableMetric,
  throttledCalls,
  throttledTransitions,
} from './metrics.ts';

export interface AlarmSpec {
  readonly id: string;
  /** What it means and what to do first; it is the text of the mail. */
  readonly says: string;
  readonly metric: IMetric;
  /** Fires at this value or above, unless `below`. */
  readonly threshold: number;
  readonly below?: true;
  /** Of this many periods in a row, all must be over; default 1. */
  readonly periods?: number;
  /** Silence is bad news (for what must happen all the time). */
  readonly silenceIsBad?: true;
}

/** The queue of executions that failed or timed out, see failed-executions.ts. */
export const FAILED_EXECUTIONS = 'failed-executions';

/** Every alarm, from the topology. A number that nobody would get up for is on the dashboard instead. */
export function alarms(): AlarmSpec[] {
  return [
    ...Object.entries<FunctionSpec>(FUNCTIONS).flatMap(([name, spec]) => ofFunction(name as FunctionName, spec)),
    ...ofTables(),
    ...OF_EXECUTIONS,
  ];
}

/** What else can go wrong with a function, by how it is triggered. */
const OF_TRIGGER: {
  readonly [K in Trigger['type']]: (name: FunctionName, trigger: Extract<Trigger, { type: K }>) => AlarmSpec[];
} = {
  queue: (_name, { name: queue }) => [
    deadLetters(queue),
    {
      id: `${queue}-age`,
      says: `Events wait longer than 5 minutes in the queue ${queue}: its function is failing, throttled or too slow.`,
      metric: queueMetric(queue, 'ApproximateAgeOfOldestMessage'),
      threshold: 300,
      periods: 2,
    },
  ],
  stream: (name) => [
    deadLetters(name),
    {
      id: `${name}-age`,
      says: `${name} is more than 10 minutes behind its stream. After 12 hours records are given up, after 24 they are gone.`,
      metric: functionMetric(name, 'IteratorAge', { statistic: Stats.MAXIMUM }),
      threshold: Duration.minutes(10).toMilliseconds(),
      periods: 2,
    },
  ],
  schedule: (name, { everySeconds }) => [
    deadLetters(name),
    {
      id: `${name}-late`,
      says: `${name} should run every ${everySeconds} s and has not: what is due by time (silence, parked waits) is late.`,
      metric: functionMetric(name, 'Invocations', { period: Duration.seconds(Math.max(300, 2 * everySeconds)) }),
      threshold: 1,
      below: true,
      silenceIsBad: true,
    },
  ],
  step: () => [],
  http: () => [],
};

function ofFunction(name: FunctionName, spec: FunctionSpec): AlarmSpec[] {
  const errors = {
    id: `${name}-errors`,
    says: `${name} failed 5 times or more within 5 minutes: read its log group.`,
    metric: functionMetric(name, 'Errors'),
    threshold: 5,
  };
  const more = OF_TRIGGER[spec.trigger.type] as (name: FunctionName, trigger: Trigger) => AlarmSpec[];
  return [errors, ...more(name, spec.trigger)];
}

function deadLetters(of: string): AlarmSpec {
  return {
    id: `${of}-dead-letters`,
    says: `Something could not be handled and waits in pergola-${of}-dlq. Look at it, mend, redrive; it is kept 14 days.`,
    metric: queueMetric(`${of}-dlq`, 'ApproximateNumberOfMessagesVisible'),
    threshold: 1,
  };
}

function ofTables(): AlarmSpec[] {
  return (Object.keys(TABLES) as TableName[]).map((table) => ({
    id: `${table}-throttled`,
    says: `DynamoDB refuses calls to the table ${table} for their rate: most likely one hot customer or one hot key.`,
    metric: new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: {
        reads: tableMetric(table, 'ReadThrottleEvents'),
        writes: tableMetric(table, 'WriteThrottleEvents'),
      },
      period: Duration.minutes(5),
      label: 'throttled calls',
    }),
    threshold: 100,
    periods: 2,
  }));
}

const OF_EXECUTIONS: readonly AlarmSpec[] = [
  {
    id: 'executions-failed',
    says: `A journey's execution failed or timed out. Which one: the queue pergola-${FAILED_EXECUTIONS}, or the Console, Executions, status failed.`,
    metric: queueMetric(FAILED_EXECUTIONS, 'NumberOfMessagesSent', { statistic: Stats.SUM }),
    threshold: 1,
  },
  {
    id: `${FAILED_EXECUTIONS}-dead-letters`,
    says: `EventBridge could not note down failed executions and left them in pergola-${FAILED_EXECUTIONS}-dlq.`,
    metric: queueMetric(`${FAILED_EXECUTIONS}-dlq`, 'ApproximateNumberOfMessagesVisible'),
    threshold: 1,
  },
  {
    id: 'executions-throttled',
    says: 'Step Functions refuses starts, stops or resumes for their rate, or slows transitions: customers are late. Ask AWS for a higher rate or spread entries.',
    metric: new MathExpression({
      expression: ['transitions', 'starts', 'stops', 'resumes'].map((id) => `FILL(${id}, 0)`).join(' + '),
      usingMetrics: {
        transitions: throttledTransitions(),
        starts: throttledCalls('StartExecution'),
        stops: throttledCalls('StopExecution'),
        resumes: throttledCalls('SendTaskSuccess'),
      },
      period: Duration.minutes(5),
      label: 'throttled',
    }),
    threshold: 100,
    periods: 3,
  },
  {
    id: 'executions-open',
    says: 'More than 700,000 executions are open; at 1,000,000 nobody can enter a journey. Ask AWS for more (in this Region).',
    metric: openExecutions(),
    threshold: 700_000,
  },
];
