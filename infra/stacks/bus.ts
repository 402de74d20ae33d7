import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Archive, EventBus, type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { BUS_NAME, FUNCTIONS, type FunctionSpec } from '../topology.ts';
import type { DeployConfig } from './config.ts';
import { feeds } from './feeds.ts';
import { deadLetters, workQueue } from './queues.ts';

/**
 * Our own bus, and a rule, queue and dead-letter queue for every function that the topology feeds from it. A bus of our
 * own, because the default one carries every AWS service's events, shares its 300 rules with the whole account and
 * cannot be given to an app alone.
 */
export class BusStack extends Stack {
  readonly bus: EventBus;
  /** By the queue's name in the topology. */
  readonly queues: Readonly<Record<string, Queue>>;
  readonly #deadLetters: Record<string, Queue> = {};

  constructor(scope: Construct, id: string, props: StackProps & { config: DeployConfig }) {
    super(scope, id, props);
    this.bus = new EventBus(this, 'Bus', { eventBusName: BUS_NAME, description: 'Pergola: what customers did' });
    const { archiveDays } = props.config;
    if (archiveDays > 0) {
      new Archive(this, 'Archive', {
        sourceEventBus: this.bus,
        eventPattern: { source: Match.anythingBut('pergola') },
        retention: Duration.days(archiveDays),
      });
    }
    this.queues = Object.fromEntries(Object.values<FunctionSpec>(FUNCTIONS).flatMap((spec) => this.queueOf(spec)));
    feeds(this, props.config, this.bus, this.#deadLetters['ingest']!);
    this.senders();
  }

  private queueOf({ trigger, timeoutSeconds }: FunctionSpec): [string, Queue][] {
    if (trigger.type !== 'queue') return [];
    const deadLetterQueue = deadLetters(this, trigger.name);
    this.#deadLetters[trigger.name] = deadLetterQueue;
    const queue = workQueue(this, trigger.name, {
      deadLetterQueue,
      maxReceive: trigger.maxReceive,
      handlerSeconds: timeoutSeconds,
    });
    new Rule(this, `${trigger.name}-rule`, {
      ruleName: `pergola-${trigger.name}`,
      eventBus: this.bus,
      eventPattern: trigger.pattern as EventPattern,
      // 24 hours and 185 tries are EventBridge's own limits; said here because the default may change under us.
      targets: [new SqsQueue(queue, { deadLetterQueue, maxEventAge: Duration.hours(24), retryAttempts: 185 })],
    });
    return [[trigger.name, queue]];
  }

  /** What an app needs to send events: attach this policy to its role. */
  private senders(): void {
    const policy = new ManagedPolicy(this, 'Senders', {
      managedPolicyName: 'pergola-put-events',
      description: 'May put events on the Pergola bus',
      statements: [new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] })],
    });
    new CfnOutput(this, 'BusArn', { value: this.bus.eventBusArn });
    new CfnOutput(this, 'SenderPolicyArn', { value: policy.managedPolicyArn });
  }
}
