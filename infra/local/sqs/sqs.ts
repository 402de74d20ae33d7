import { createHash } from 'node:crypto';
import type { Arns } from '../arns.ts';
import type { QueueMessage } from '../queues/queue-store.ts';
import type { Queues } from '../queues/queues.ts';
import type { Store } from '../store.ts';
import { AwsError, type AwsService, type Clock } from '../time-source.ts';

type Body = Record<string, unknown>;

/** The part of SQS that lets tools read a queue that a rule feeds, and put messages into one. */
export function createSqs(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly arns: Arns;
}): AwsService {
  const { store, queues, clock, arns } = options;
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS queue (name TEXT PRIMARY KEY, visibility INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT',
  );
  const insert = store.prepare('INSERT INTO queue VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const remove = store.prepare('DELETE FROM queue WHERE name = ?');
  const find = store.prepare('SELECT * FROM queue WHERE name = ?');
  const list = store.prepare('SELECT name FROM queue ORDER BY name');

  const url = (name: string) => `http://sqs.${arns.aws.region}.localhost/${arns.aws.account}/${name}`;
  const queueOf = (body: Body) => {
    const name =
      String(body['QueueUrl'] ?? '')
        .split('/')
        .pop() ?? '';
    const row = find.get(name);
    if (!row && queues.store.counts()[name] === undefined && !queues.consumes(name)) throw missing();
    return { name, visibility: Number(row?.['visibility'] ?? 30) };
  };
  const missing = () =>
    new AwsError('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.', 400);

  function sendOne(queue: string, body: Body) {
    const text = body['MessageBody'];
    if (typeof text !== 'string' || text === '')
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
    if (Buffer.byteLength(text) > 1024 * 1024)
      throw new AwsError(
        'InvalidParameterValue',
        'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
      );
    const delay = Number(body['DelaySeconds'] ?? 0) * 1000;
    return { MessageId: queues.send(queue, text, clock.now() + delay), MD5OfMessageBody: md5(text) };
  }
  const received = (message: QueueMessage) => ({
    MessageId: message.id,
    ReceiptHandle: `${message.row}.${message.receives}`,
    MD5OfBody: md5(message.body),
    Body: message.body,
    Attributes: { ApproximateReceiveCount: String(message.receives), SentTimestamp: String(message.sentAt) },
  });
  const rowOf = (body: Body) => Number(String(body['ReceiptHandle'] ?? '').split('.')[0]);
  const entries = (body: Body) => (Array.isArray(body['Entries']) ? (body['Entries'] as Body[]) : []);

  async function receive(body: Body) {
    const { name, visibility } = queueOf(body);
    const hidden = Number(body['VisibilityTimeout'] ?? visibility) * 1000;
    // Waiting is done in the caller's time, not on the clock of the stack.
    const until = Date.now() + Math.min(Number(body['WaitTimeSeconds'] ?? 0), 20) * 1000;
    for (;;) {
      const now = clock.now();
      const messages = queues.store.receive(
        name,
        Math.min(Number(body['MaxNumberOfMessages'] ?? 1), 10),
        now,
        now + hidden,
      );
      if (messages.length > 0 || Date.now() >= until)
        return messages.length > 0 ? { Messages: messages.map(received) } : {};
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const operations: Readonly<Record<string, (body: Body) => unknown>> = {
    CreateQueue(body) {
      const name = String(body['QueueName'] ?? '');
      if (!/^[\w-]{1,80}$/.test(name))
        throw new AwsError(
          'InvalidParameterValue',
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
        );
      const attributes = (body['Attributes'] ?? {}) as Record<string, string>;
      insert.run(name, Number(attributes['VisibilityTimeout'] ?? 30), clock.now());
      return { QueueUrl: url(name) };
    },
    GetQueueUrl: (body) => ({ QueueUrl: url(queueOf({ QueueUrl: body['QueueName'] }).name) }),
    ListQueues(body) {
      const prefix = String(body['QueueNamePrefix'] ?? '');
      const names = new Set([...list.all().map((row) => String(row['name'])), ...queues.consumed()]);
      return {
        QueueUrls: [...names]
          .filter((name) => name.startsWith(prefix))
          .sort()
          .map(url),
      };
    },
    GetQueueAttributes(body) {
      const { name, visibility } = queueOf(body);
      const count = queues.store.counts()[name];
      return {
        Attributes: {
          QueueArn: arns.queue(name),
          VisibilityTimeout: String(visibility),
          ApproximateNumberOfMessages: String(count?.waiting ?? 0),
          ApproximateNumberOfMessagesNotVisible: String(count?.inFlight ?? 0),
        },
      };
    },
    SendMessage: (body) => sendOne(queueOf(body).name, body),
    SendMessageBatch(body) {
      const { name } = queueOf(body);
      return { Successful: entries(body).map((entry) => ({ Id: entry['Id'], ...sendOne(name, entry) })), Failed: [] };
    },
    ReceiveMessage: receive,
    DeleteMessage: (body) => queues.store.done([rowOf(body)]),
    DeleteMessageBatch(body) {
      queues.store.done(entries(body).map(rowOf));
      return { Successful: entries(body).map((entry) => ({ Id: entry['Id'] })), Failed: [] };
    },
    ChangeMessageVisibility: (body) =>
      queues.store.hide(rowOf(body), clock.now() + Number(body['VisibilityTimeout'] ?? 0) * 1000),
    PurgeQueue: (body) => queues.store.purge(queueOf(body).name),
    DeleteQueue(body) {
      const { name } = queueOf(body);
      queues.store.purge(name);
      remove.run(name);
    },
  };

  return {
    target: 'AmazonSQS',
    async handle(name, body) {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) throw new AwsError('NotEmulated', `SQS ${name} is not emulated here.`, 501);
      return (await operation(body)) ?? {};
    },
  };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
