import type { FunctionSpec } from '../topology.ts';
import { STEP_ALIAS } from '../topology.ts';
import type { Arns } from './arns.ts';
import type { EventBridge } from './event-bridge/index.ts';
import { BUS, functionFullName, queueFullName, ruleName } from './names.ts';
import { functionConsumer } from './queues/function-consumer.ts';
import type { Queues } from './queues/queues.ts';
import type { SqsService } from './sqs/sqs.ts';
import type { Clock, LambdaHost } from './time-source.ts';

/** SQS lets nobody see a message for six times as long as its function may take, as Lambda asks (and as CDK sets it up). */
const VISIBILITY_FACTOR = 6;

/** Makes the bus, rules and queues of the topology, as the CDK stacks do on AWS. */
export function wire(options: {
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  readonly events: EventBridge;
  readonly sqs: SqsService;
  readonly queues: Queues;
  readonly lambda: LambdaHost;
  readonly arns: Arns;
  readonly clock: Clock;
}): void {
  const { events, sqs, queues, lambda, arns, clock } = options;
  const { buses, rules } = events;
  if (!buses.bus(BUS)) buses.putBus({ name: BUS, createdAt: clock.now() });
  const wanted = new Set<string>();
  for (const [name, { trigger, timeoutSeconds }] of Object.entries(options.functions)) {
    if (trigger.type !== 'queue') continue;
    const queue = queueFullName(trigger.name);
    const rule = ruleName(trigger.name);
    wanted.add(rule);
    sqs.declare(queue, { VisibilityTimeout: String(timeoutSeconds * VISIBILITY_FACTOR) });
    rules.putRule({
      bus: BUS,
      name: rule,
      patternText: JSON.stringify(trigger.pattern),
      enabled: true,
      description: OURS,
    });
    const arn = arns.queue(queue);
    rules.putTargets(BUS, rule, [{ id: trigger.name, arn, json: { Id: trigger.name, Arn: arn } }]);
    queues.consume(
      queue,
      functionConsumer({
        lambda,
        functionArn: arns.fn(functionFullName(name), STEP_ALIAS),
        queueArn: arn,
        region: arns.aws.region,
        batchSize: trigger.batchSize,
        maxReceive: trigger.maxReceive,
      }),
    );
  }
  // Rules of an earlier topology are taken away, as a deployment would; rules that somebody else made stay.
  for (const rule of rules.rules(BUS))
    if (rule.description === OURS && !wanted.has(rule.name)) rules.deleteRule(BUS, rule.name);
}

const OURS = 'Made from the topology of Pergola.';
