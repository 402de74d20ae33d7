import type { Arns } from './arns.ts';
import type { DynamoClient } from './dynamodb/client.ts';
import type { DynamoProxy } from './dynamodb/proxy.ts';
import { createDynamoService } from './dynamodb/service.ts';
import { jsonDoor } from './endpoint/doors/json.ts';
import { type EndpointService, notEmulated } from './endpoint/service.ts';
import { createEventBridge, type EventBridge } from './event-bridge/index.ts';
import { createAsyncInvocations } from './lambda/async-invocations.ts';
import type { Host } from './lambda/host.ts';
import { createLambdaService } from './lambda/lambda-service.ts';
import { createCloudWatchLogs } from './logs/cloudwatch-logs.ts';
import type { LogStore } from './logs/log-store.ts';
import type { Queues } from './queues/queues.ts';
import { createS3 } from './s3/s3.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import type { MailStore } from './ses/mail-store.ts';
import { createSes } from './ses/ses.ts';
import { createSqs, type SqsService } from './sqs/sqs.ts';
import { createStepFunctions, OPERATIONS } from './step-functions/index.ts';
import { openFile, type Store } from './store.ts';
import { createSts } from './sts/sts.ts';
import { createDeliveries, targetKinds } from './targets/index.ts';
import type { Clock, TimeSource } from './time-source.ts';

/** The services of the endpoint. */
export interface Services {
  readonly events: EventBridge;
  readonly sqs: SqsService;
  readonly mail: MailStore;
  readonly all: readonly EndpointService[];
  /** Carries out an operation of one of them. Throws AwsError. */
  call(service: string, operation: string, body: unknown): Promise<unknown>;
  /** Those that act by themselves as time goes on. */
  readonly sources: readonly TimeSource[];
  close(): void;
}

export function createServices(options: {
  readonly store: Store;
  readonly stepFunctionsFile: string;
  readonly queues: Queues;
  readonly lambda: Host;
  readonly logs: { readonly store: LogStore; flush(): void };
  readonly clock: Clock;
  readonly arns: Arns;
  readonly client: DynamoClient;
  readonly proxy: DynamoProxy;
  /** Where the stack listens. */
  readonly endpoint: string;
  /** Told when something happened after which time must not go back. */
  readonly onUse: () => void;
  /** Told after each call to the database that may have written. */
  readonly onWrite: () => void;
}): Services {
  const { store, queues, lambda, clock, arns, client, onUse } = options;

  const sqs = createSqs({ store, queues, clock, arns, endpoint: options.endpoint });
  const logs = createCloudWatchLogs({ ...options.logs, clock, arns });
  const invocations = createAsyncInvocations(queues, lambda);
  const deliveries = createDeliveries({
    kinds: targetKinds({
      functions: invocations,
      queues: sqs.sendTo,
      stateMachines: (body) => stepFunctions.handle('StartExecution', body),
      buses: { forward: (busArn, event) => events.forward(busArn, event), put: (entry) => events.put(entry) },
      logGroups: (arn, message) => logs.put(arn, 'events', [{ timestamp: clock.now(), message }]),
      sdk: (service, operation, parameters) => call(service, operation, parameters),
    }),
    queues,
    clock,
    sendTo: sqs.sendTo,
  });
  const events: EventBridge = createEventBridge({
    store,
    deliveries,
    clock,
    arns,
    // Nobody has to want what the system itself tells.
    unwatchedSources: ['pergola', 'aws.states'],
    onUse,
  });
  const scheduler = createScheduler({ store, deliveries, clock, arns, onUse });
  const ses = createSes({ store, clock });
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
      logs,
    }),
  );

  /** What the endpoint serves: a service is a folder and a line here. */
  const all: readonly EndpointService[] = [
    createDynamoService({ proxy: options.proxy, client, onWrite: options.onWrite }),
    events,
    {
      label: 'Step Functions',
      names: ['sfn', 'states'],
      doors: [jsonDoor(stepFunctions.target)],
      operations: OPERATIONS,
      handle: stepFunctions.handle,
    },
    sqs,
    createLambdaService({ lambda, invocations, arns }),
    scheduler,
    ses,
    logs,
    createS3({ store, clock, arns }),
    createSts(arns.aws),
  ];
  const byName = new Map(all.flatMap((service) => service.names.map((name) => [name, service] as const)));

  /** What state machines, schedules and our own functions may call. */
  async function call(service: string, operation: string, parameters: unknown): Promise<unknown> {
    const found = byName.get(service);
    if (!found) throw notEmulated(service, operation);
    return found.handle(operation, (parameters ?? {}) as Record<string, unknown>);
  }

  return {
    events,
    sqs,
    mail: ses.mail,
    all,
    call,
    sources: [stepFunctions, ...events.sources, ...scheduler.sources],
    close: () => stepFunctions.close(),
  };
}
