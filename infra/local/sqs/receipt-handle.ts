import type { QueueMessage } from '../queues/queue-store.ts';
import { invalidHandle } from './errors.ts';

/** What a receipt handle stands for: one handing out of one message. */
interface Receipt {
  readonly row: number;
  readonly receives: number;
  /** When the message becomes visible again, in ms on the stack's clock. */
  readonly until: number;
}

export const handleOf = ({ queue, row, receives }: QueueMessage, until: number) =>
  Buffer.from(JSON.stringify([queue, row, receives, until])).toString('base64');

/** Throws AwsError ReceiptHandleIsInvalid, also for a handle of another queue. */
export function readHandle(handle: unknown, queue: string): Receipt {
  try {
    const [from, row, receives, until] = JSON.parse(Buffer.from(String(handle), 'base64').toString()) as unknown[];
    if (from === queue && typeof row === 'number') return { row, receives: Number(receives), until: Number(until) };
  } catch {
    // Said below.
  }
  throw invalidHandle(String(handle));
}
