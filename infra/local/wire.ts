import type { FunctionSpec } from '../topology.ts';
import { STEP_ALIAS } from '../topology.ts';
import type { Arns } from './arns.ts';
import type { EventBridge } from './event-bridge/index.ts';
import { BUS, functionFullName, queueFullName, ruleName } from './names.ts';
import { functionConsumer } from './queues/function-consumer.ts';
import type { Queues } from './queues/queues.ts';
import type { Clock, LambdaHost } from './time-source.ts';

/** Makes the bus, rules and queues of the topology, as the CDK stacks do on AWS. */
export function wire(options: {
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  readonly events: EventBridge;
  readonly queues: Queues;
  readonly lambda: LambdaHost;
  readonly arns: Arns;
  readonly clock: Clock;
}): void {
  const { events, queues, lambda, arns, clock } = options;
  const { rules } = events;
  if (!rules.bus(BUS)) rules.putBus({ name: BUS, createdAt: clock.now() });
  const wanted = new Set<string>();
  for (const [name, { trigger }] of Object.entries(options.functions)) {
    if (trigger.type !== 'queue') continue;
    const queue = queueFullName(trigger.name);
    const rule = ruleName(trigger.name);
    wanted.add(rule);
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
