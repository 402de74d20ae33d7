/** The services of the local stack that recordings use beside Step Functions, each the stack's own: S3, SQS, EventBridge. */
import { createArns } from '../../infra/local/arns.ts';
import type { EndpointService } from '../../infra/local/endpoint/service.ts';
import { createEventBridge } from '../../infra/local/event-bridge/index.ts';
import { openQueueStore } from '../../infra/local/queues/queue-store.ts';
import { createQueues } from '../../infra/local/queues/queues.ts';
import { createS3 } from '../../infra/local/s3/s3.ts';
import { createSqs } from '../../infra/local/sqs/sqs.ts';
import type { ServiceCaller } from '../../infra/local/step-functions/index.ts';
import { openStore } from '../../infra/local/store.ts';
import { createDeliveries } from '../../infra/local/targets/index.ts';
import { AwsError, type Clock } from '../../infra/local/time-source.ts';

export interface OtherServices {
  readonly call: ServiceCaller;
  close(): void;
}

/** They have no rules: nothing is delivered to targets. */
export function otherServices(clock: Clock, account: string, region: string): OtherServices {
  const store = openStore(':memory:');
  const arns = createArns({ account, region });
  const queues = createQueues(openQueueStore(store), clock);
  const sqs = createSqs({ store, queues, clock, arns, endpoint: 'https://sqs.us-east-1.amazonaws.com' });
  const deliveries = createDeliveries({ kinds: [], queues, clock, sendTo: sqs.sendTo });
  const events = createEventBridge({ store, deliveries, clock, arns, unwatchedSources: [], onUse: () => {} });
  const all: Record<string, EndpointService> = { s3: createS3({ store, clock, arns }), sqs, events };
  return {
    async call(name, operation, parameters) {
      const service = all[name];
      if (!service) throw new AwsError('UnknownOperation', `${name}:${operation} is not part of the recordings`);
      return service.handle(operation, parameters as Record<string, unknown>);
    },
    close: () => store.close(),
  };
}
