import { randomUUID } from 'node:crypto';
import type { Body, Operation } from '../../endpoint/service.ts';
import { invalidParameter, noSuchResource, unsupported } from '../errors.ts';
import { redrivePolicyOf } from '../queue-attributes.ts';
import type { Queue } from '../queue-book.ts';
import type { Sqs } from '../sqs.ts';
import { paged } from './queues.ts';

/** Dead letters back to where they came from. Here a task is over before it is answered. */
export function moveTaskOperations(sqs: Sqs): Record<string, Operation> {
  const { book, queues, arns, clock, store } = sqs;
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS sqs_move_task (row INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, json TEXT NOT NULL) STRICT',
  );
  const save = store.prepare('INSERT INTO sqs_move_task VALUES (NULL, ?, ?)');
  const list = store.prepare('SELECT json FROM sqs_move_task WHERE source = ? ORDER BY row DESC LIMIT ?');
  const sourcesOf = (name: string) =>
    book.all().filter(({ attributes }) => {
      const policy = redrivePolicyOf(attributes);
      return policy !== undefined && arns.nameOf(policy.deadLetterTargetArn) === name;
    });
  const named = (arn: unknown, member: string): Queue => {
    if (typeof arn !== 'string' || !/^arn:[^:]+:sqs:[^:]*:[^:]*:/.test(arn))
      throw invalidParameter(
        `You must use this format to specify the ${member}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
      );
    const queue = book.get(arns.nameOf(arn));
    if (!queue) throw noSuchResource(`The resource that you specified for the ${member} parameter doesn't exist.`);
    return queue;
  };

  return {
    ListDeadLetterSourceQueues(body) {
      const { items, NextToken } = paged(sourcesOf(sqs.queue(body).name), body);
      return { queueUrls: items.map(({ name }) => sqs.url(name)), ...(NextToken && { NextToken }) };
    },
    StartMessageMoveTask(body) {
      const source = named(body['SourceArn'], 'SourceArn');
      if (sourcesOf(source.name).length === 0)
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
      const destination =
        body['DestinationArn'] === undefined ? undefined : named(body['DestinationArn'], 'DestinationArn');
      const now = clock.now();
      const task = `${randomUUID()}`;
      return sqs.transaction(() => {
        let moved = 0;
        for (;;) {
          const batch = queues.store.receive(source.name, 1000, now, now);
          for (const message of batch) {
            const { source: from, ...extra } = JSON.parse(message.extra ?? '{}') as { source?: string };
            const to = destination?.name ?? arns.nameOf(from ?? '');
            queues.store.move(message.row, to, now, JSON.stringify(extra));
            queues.touched(to);
          }
          moved += batch.length;
          if (batch.length === 0) break;
        }
        const TaskHandle = Buffer.from(JSON.stringify({ taskId: task, sourceArn: body['SourceArn'] })).toString(
          'base64',
        );
        const record: Body = {
          Status: 'COMPLETED',
          SourceArn: body['SourceArn'],
          ...(destination && { DestinationArn: body['DestinationArn'] }),
          ApproximateNumberOfMessagesMoved: moved,
          ApproximateNumberOfMessagesToMove: moved,
          StartedTimestamp: now,
        };
        save.run(source.name, JSON.stringify(record));
        return { TaskHandle };
      });
    },
    ListMessageMoveTasks(body) {
      const source = named(body['SourceArn'], 'SourceArn');
      const rows = list.all(source.name, Number(body['MaxResults'] ?? 1));
      return { Results: rows.map(({ json }) => JSON.parse(String(json)) as Body) };
    },
    CancelMessageMoveTask() {
      throw unsupported('Only active tasks can be cancelled.');
    },
  };
}
