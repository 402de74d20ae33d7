import type { Body, Operation } from '../../endpoint/service.ts';
import { AwsError } from '../../time-source.ts';
import { batchError } from '../errors.ts';
import { readAttributes, sizeOf } from '../message-attributes.ts';
import type { Queue } from '../queue-book.ts';
import type { Sqs } from '../sqs.ts';
import { messageOperations } from './messages.ts';

const MOST = 10;
const MAX_BYTES = 1_048_576;

/** The batch forms: each entry succeeds or fails by itself, and all that succeed do so in one transaction. */
export function batchOperations(sqs: Sqs): Record<string, Operation> {
  const { send, remove, changeVisibility } = messageOperations(sqs);

  const batch = (one: (queue: Queue, entry: Body) => Body, check = (_: readonly Body[]) => {}): Operation => {
    return (body) => {
      const queue = sqs.queue(body);
      const entries = readEntries(body['Entries']);
      check(entries);
      const answer = { Successful: [] as Body[], Failed: [] as Body[] };
      sqs.transaction(() => {
        for (const entry of entries) {
          try {
            answer.Successful.push({ Id: entry['Id'], ...one(queue, entry) });
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            const Code = error.queryCode ?? error.code;
            answer.Failed.push({ Id: entry['Id'], SenderFault: true, Code, Message: error.message });
          }
        }
      });
      return {
        ...(answer.Successful.length > 0 && { Successful: answer.Successful }),
        ...(answer.Failed.length > 0 && { Failed: answer.Failed }),
      };
    };
  };

  return {
    SendMessageBatch: batch(send, checkSize),
    DeleteMessageBatch: batch(remove),
    ChangeMessageVisibilityBatch: batch(changeVisibility),
  };
}

function checkSize(entries: readonly Body[]): void {
  const bytes = entries.reduce<number>((sum, entry) => {
    const body = entry['MessageBody'];
    return sum + (typeof body === 'string' ? Buffer.byteLength(body) : 0) + sizeOf(attributesOf(entry));
  }, 0);
  if (bytes > MAX_BYTES)
    throw batchError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
}

/** What is wrong with them is told for the entry by itself. */
function attributesOf(entry: Body) {
  try {
    return readAttributes(entry['MessageAttributes']);
  } catch {
    return undefined;
  }
}

function readEntries(given: unknown): Body[] {
  const entries = Array.isArray(given) ? (given as Body[]) : [];
  if (entries.length === 0)
    throw batchError('EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.');
  if (entries.length > MOST)
    throw batchError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST}. You have sent ${entries.length}.`,
    );
  const ids = entries.map((entry) => String(entry['Id'] ?? ''));
  for (const [n, id] of ids.entries()) {
    if (!/^[\w-]{1,80}$/.test(id))
      throw batchError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    if (ids.indexOf(id) !== n) throw batchError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
  }
  return entries;
}
