import type { Body, Operation } from '../../endpoint/service.ts';
import { invalidParameter, missingParameter, queueExists, unknownAttribute } from '../errors.ts';
import { checkAttributes, defaultsOf, isSettable } from '../queue-attributes.ts';
import { attributeOf, type Queue } from '../queue-book.ts';
import type { Sqs } from '../sqs.ts';

const LETTERS = 'can only include alphanumeric characters, hyphens, or underscores';

/** CreateQueue … PurgeQueue, tags and permissions. */
export function queueOperations(sqs: Sqs): Record<string, Operation> {
  const { book, queues, arns, clock } = sqs;
  const { store } = queues;
  const change = (queue: Queue, changes: Partial<Queue>) => book.put({ ...queue, ...changes, changedAt: clock.now() });

  return {
    CreateQueue(body) {
      const name = body['QueueName'];
      if (typeof name !== 'string') throw missingParameter('QueueName');
      const given = textsOf(body['Attributes']);
      const fifo = given['FifoQueue'] === 'true';
      checkName(name, fifo);
      checkAttributes(given, fifo);
      const before = book.get(name);
      if (before) {
        const other = Object.keys(given).find((key) => attributeOf(before, key) !== given[key]);
        if (other) throw queueExists(other);
      } else {
        const now = clock.now();
        const tags = textsOf(body['tags'] ?? body['Tags']);
        book.put({ name, fifo, attributes: without(given, ''), tags, createdAt: now, changedAt: now });
      }
      return { QueueUrl: sqs.url(name) };
    },
    GetQueueUrl: (body) => ({ QueueUrl: sqs.url(sqs.queue({ QueueUrl: body['QueueName'] }).name) }),
    ListQueues(body) {
      const prefix = String(body['QueueNamePrefix'] ?? '');
      const names = book.all().map(({ name }) => name);
      const { items, NextToken } = paged(
        names.filter((name) => name.startsWith(prefix)),
        body,
      );
      return { ...(items.length > 0 && { QueueUrls: items.map(sqs.url) }), ...(NextToken && { NextToken }) };
    },
    GetQueueAttributes(body) {
      const queue = sqs.queue(body);
      const sizes = store.sizes(queue.name, clock.now());
      const all: Record<string, string> = {
        QueueArn: arns.queue(queue.name),
        ApproximateNumberOfMessages: String(sizes.visible),
        ApproximateNumberOfMessagesNotVisible: String(sizes.inFlight),
        ApproximateNumberOfMessagesDelayed: String(sizes.delayed),
        CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
        LastModifiedTimestamp: String(Math.floor(queue.changedAt / 1000)),
        ...defaultsOf(queue.fifo),
        ...queue.attributes,
      };
      const names = Array.isArray(body['AttributeNames']) ? body['AttributeNames'].map(String) : [];
      const unknown = names.find((name) => name !== 'All' && !Object.hasOwn(all, name) && !isSettable(name));
      if (unknown) throw unknownAttribute(unknown);
      const told = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
      return told.length > 0 ? { Attributes: Object.fromEntries(told) } : {};
    },
    SetQueueAttributes(body) {
      const queue = sqs.queue(body);
      const given = textsOf(body['Attributes']);
      checkAttributes(given, queue.fifo);
      if (given['FifoQueue'] !== undefined && (given['FifoQueue'] === 'true') !== queue.fifo)
        throw unknownAttribute('FifoQueue');
      change(queue, { attributes: without({ ...queue.attributes, ...given }, '') });
    },
    DeleteQueue(body) {
      const { name } = sqs.queue(body);
      sqs.transaction(() => {
        store.purge(name);
        book.drop(name);
      });
    },
    PurgeQueue(body) {
      const { name } = sqs.queue(body);
      store.purge(name);
      queues.touched(name);
    },
    ListQueueTags: (body) => ({ Tags: sqs.queue(body).tags }),
    TagQueue(body) {
      const queue = sqs.queue(body);
      change(queue, { tags: { ...queue.tags, ...textsOf(body['Tags']) } });
    },
    UntagQueue(body) {
      const queue = sqs.queue(body);
      const keys = Array.isArray(body['TagKeys']) ? body['TagKeys'].map(String) : [];
      change(queue, { tags: Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !keys.includes(key))) });
    },
    AddPermission(body) {
      const queue = sqs.queue(body);
      const list = (member: string) => (Array.isArray(body[member]) ? body[member].map(String) : []);
      const policy = policyOf(queue);
      const Sid = String(body['Label'] ?? '');
      if (policy.Statement.some((statement) => statement['Sid'] === Sid))
        throw invalidParameter(`Value ${Sid} for parameter Label is invalid. Reason: Already exists.`);
      policy.Statement.push({
        Sid,
        Effect: 'Allow',
        Principal: { AWS: list('AWSAccountIds').map((id) => `arn:aws:iam::${id}:root`) },
        Action: list('Actions').map((action) => `SQS:${action}`),
        Resource: arns.queue(queue.name),
      });
      change(queue, { attributes: { ...queue.attributes, Policy: JSON.stringify(policy) } });
    },
    RemovePermission(body) {
      const queue = sqs.queue(body);
      const policy = policyOf(queue);
      const Label = String(body['Label'] ?? '');
      const Statement = policy.Statement.filter((statement) => statement['Sid'] !== Label);
      if (Statement.length === policy.Statement.length)
        throw invalidParameter(`Value ${Label} for parameter Label is invalid. Reason: can't find label.`);
      const Policy = Statement.length > 0 ? JSON.stringify({ ...policy, Statement }) : '';
      change(queue, { attributes: without({ ...queue.attributes, Policy }, '') });
    },
  };
}

function checkName(name: string, fifo: boolean): void {
  const plain = fifo ? name.replace(/\.fifo$/, '') : name;
  if (/^[\w-]{1,80}$/.test(plain) && name.length <= 80 && fifo === name.endsWith('.fifo')) return;
  throw invalidParameter(
    fifo
      ? `The name of a FIFO queue ${LETTERS}, must end with .fifo suffix and be 1 to 80 in length`
      : `${LETTERS.charAt(0).toUpperCase()}${LETTERS.slice(1)}. 1 to 80 in length`,
  );
}

function policyOf({ name, attributes }: Queue): { Statement: Record<string, unknown>[] } {
  const text = attributes['Policy'];
  if (text) return JSON.parse(text) as { Statement: Record<string, unknown>[] };
  return { Version: '2012-10-17', Id: name, Statement: [] } as { Statement: Record<string, unknown>[] };
}

const without = (attributes: Readonly<Record<string, string>>, value: string) =>
  Object.fromEntries(Object.entries(attributes).filter(([, one]) => one !== value));

const textsOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries((given ?? {}) as Body).map(([key, value]) => [key, String(value)]));

/** Without MaxResults all (up to 1,000) come at once. */
export function paged<T>(items: readonly T[], body: Body): { items: readonly T[]; NextToken?: string } {
  const token = body['NextToken'];
  const from = token === undefined ? 0 : Number(Buffer.from(String(token), 'base64').toString());
  const end = from + Number(body['MaxResults'] ?? 1000);
  const NextToken = Buffer.from(String(end)).toString('base64');
  return { items: items.slice(from, end), ...(end < items.length ? { NextToken } : {}) };
}
