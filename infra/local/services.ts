import type { Arns } from './arns.ts';
import type { DynamoClient } from './dynamodb/client.ts';
import { createEventBridge, type EventBridge } from './event-bridge/index.ts';
import type { Host } from './lambda/host.ts';
import type { Queues } from './queues/queues.ts';
import { createSqs } from './sqs/sqs.ts';
import { createStepFunctions } from './step-functions/index.ts';
import { openFile, type Store } from './store.ts';
import { AwsError, type AwsService, type Clock, type TimeSource } from './time-source.ts';

/** The services of the endpoint that are our own. */
export interface Services {
  readonly events: EventBridge;
  /** All of them, by their X-Amz-Target. */
  readonly all: readonly AwsService[];
  /** Those that act by themselves as time goes on. */
  readonly sources: readonly TimeSource[];
  close(): void;
}

export function createServices(options: {
  readonly store: Store;
  readonly stepFunctionsFile: string;
  readonly queues: Queues;
  readonly lambda: Host;
  readonly clock: Clock;
  readonly arns: Arns;
  readonly client: DynamoClient;
  /** Told when something happened after which time must not go back. */
  readonly onUse: () => void;
}): Services {
  const { store, queues, lambda, clock, arns, client, onUse } = options;
  const events = createEventBridge({
    store,
    queues,
    lambda,
    clock,
    arns,
    // Nobody has to want what the system itself tells.
    unwatchedSources: ['pergola', 'aws.states'],
    onEvent: onUse,
  });
  const sqs = createSqs({ store, queues, clock, arns });
  const stepFunctions = openFile(options.stepFunctionsFile, (file) =>
    createStepFunctions({
      file,
      clock,
      lambda,
      account: arns.aws.account,
      region: arns.aws.region,
      onStatusChange(detail) {
        onUse();
        events.emit({
          source: 'aws.states',
          detailType: 'Step Functions Execution Status Change',
          detail,
          resources: [detail.executionArn],
        });
      },
      call: (service, operation, parameters) => call(service, operation, parameters),
    }),
  );
  const byName: Readonly<Record<string, AwsService>> = {
    events,
    eventbridge: events,
    sqs,
    sfn: stepFunctions,
    states: stepFunctions,
  };

  /** What state machines may call besides functions. */
  async function call(service: string, operation: string, parameters: unknown): Promise<unknown> {
    if (service === 'dynamodb') return client.call(operation, parameters);
    const found = byName[service];
    if (!found) throw new AwsError('NotEmulated', `${service} is not emulated here.`, 501);
    return found.handle(operation, (parameters ?? {}) as Record<string, unknown>);
  }

  return {
    events,
    all: [events, sqs, stepFunctions],
    sources: [stepFunctions],
    close: () => stepFunctions.close(),
  };
}
