import type { Body, Operation } from '../../endpoint/service.ts';
import { invalidParameter } from '../errors.ts';
import type { Queue } from '../queue-book.ts';
import { readHandle } from '../receipt-handle.ts';
import type { Sqs } from '../sqs.ts';

/** What is done to one message; each has a batch form (batches.ts). */
export function messageOperations({ queues, clock, mailbox }: Pick<Sqs, 'queues' | 'clock' | 'mailbox'>) {
  const { store } = queues;

  /** An older handle is taken, and does nothing. */
  function remove(queue: Queue, body: Body): Body {
    const { row, receives, until } = readHandle(body['ReceiptHandle'], queue.name);
    const message = store.find(row);
    if (message?.queue !== queue.name || message.receives !== receives) return {};
    if (queue.fifo && until <= clock.now())
      throw invalidParameter(
        `Value ${String(body['ReceiptHandle'])} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
      );
    store.done([row]);
    queues.touched(queue.name);
    return {};
  }

  function changeVisibility(queue: Queue, body: Body): Body {
    const { row, receives } = readHandle(body['ReceiptHandle'], queue.name);
    const seconds = Number(body['VisibilityTimeout']);
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > 43_200)
      throw invalidParameter(
        `Value ${String(body['VisibilityTimeout'])} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.`,
      );
    const message = store.find(row);
    const now = clock.now();
    if (message?.queue !== queue.name || message.receives !== receives || message.visibleAt <= now)
      throw invalidParameter(
        `Value ${String(body['ReceiptHandle'])} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    store.hide(row, now + seconds * 1000);
    queues.touched(queue.name);
    return {};
  }

  return { send: mailbox.send, remove, changeVisibility };
}

/** SendMessage, ReceiveMessage, DeleteMessage, ChangeMessageVisibility. */
export function singleOperations(sqs: Sqs): Record<string, Operation> {
  const { send, remove, changeVisibility } = messageOperations(sqs);
  return {
    SendMessage: (body) => send(sqs.queue(body), body),
    ReceiveMessage: (body) => sqs.receive(sqs.queue(body), body),
    DeleteMessage: (body) => remove(sqs.queue(body), body),
    ChangeMessageVisibility: (body) => changeVisibility(sqs.queue(body), body),
  };
}
