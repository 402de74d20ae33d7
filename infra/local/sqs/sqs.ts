import type { Arns } from '../arns.ts';
import { jsonDoor } from '../endpoint/doors/json.ts';
import { queryDoor } from '../endpoint/doors/query.ts';
import { type Body, type EndpointService, operationTable } from '../endpoint/service.ts';
import type { Queues } from '../queues/queues.ts';
import type { Store } from '../store.ts';
import type { Clock } from '../time-source.ts';
import { missingParameter, noSuchQueue } from './errors.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { batchOperations } from './operations/batches.ts';
import { singleOperations } from './operations/messages.ts';
import { moveTaskOperations } from './operations/move-tasks.ts';
import { queueOperations } from './operations/queues.ts';
import { NAMESPACE, readQuery, VERSION, writeQuery } from './query-protocol.ts';
import { openQueueBook, type Queue, type QueueBook } from './queue-book.ts';
import { receiver } from './receive.ts';

/** SQS: queues that tools and state machines use, and that rules and schedules have as targets. */
export interface SqsService extends EndpointService {
  /** Makes a queue of the stack's own, or brings its attributes up to date. */
  declare(name: string, attributes: Readonly<Record<string, string>>): void;
  /** Sends to a queue given by ARN. Throws AwsError. */
  sendTo(arn: string, body: Body): void;
}

/** What the operations work with. */
export interface Sqs {
  readonly store: Store;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly arns: Arns;
  readonly book: QueueBook;
  readonly mailbox: Mailbox;
  readonly receive: (queue: Queue, body: Body) => Promise<Body>;
  transaction<T>(work: () => T): T;
  url(name: string): string;
  /** The queue that a request is about. Throws AwsError. */
  queue(body: Body): Queue;
}

export function createSqs(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly arns: Arns;
  /** Where the stack listens: URLs of queues lead there. */
  readonly endpoint: string;
}): SqsService {
  const { store, queues, clock, arns, endpoint } = options;
  const book = openQueueBook(store);
  const mailbox = createMailbox({ store, queues, clock });
  const sqs: Sqs = {
    store,
    queues,
    clock,
    arns,
    book,
    mailbox,
    receive: receiver({ queues, clock, arns, book }),
    transaction: store.transaction,
    url: (name) => `${endpoint}/${arns.aws.account}/${name}`,
    queue(body) {
      const url = body['QueueUrl'];
      if (typeof url !== 'string') throw missingParameter('QueueUrl');
      const queue = book.get(url.split('/').at(-1) ?? '');
      if (!queue) throw noSuchQueue();
      return queue;
    },
  };
  return {
    names: ['sqs'],
    doors: [
      jsonDoor('AmazonSQS'),
      queryDoor({ version: VERSION, namespace: NAMESPACE, read: readQuery, write: writeQuery }),
    ],
    ...operationTable('SQS', {
      ...queueOperations(sqs),
      ...singleOperations(sqs),
      ...batchOperations(sqs),
      ...moveTaskOperations(sqs),
    }),
    declare(name, attributes) {
      const now = clock.now();
      const before = book.get(name) ?? { name, fifo: false, tags: {}, createdAt: now };
      book.put({ ...before, attributes, changedAt: now });
    },
    sendTo(arn, body) {
      const queue = book.get(arns.nameOf(arn));
      if (!queue) throw noSuchQueue();
      mailbox.send(queue, body);
    },
  };
}
