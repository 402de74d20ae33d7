import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { transact } from './transact.ts';

/** The local database never has two writers in each other's way, so their conflict is made here. */
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

function answering(...answers: (Error | undefined)[]) {
  let calls = 0;
  const send = async () => {
    const answer = answers[Math.min(calls++, answers.length - 1)];
    if (answer !== undefined) throw answer;
  };
  return { send, calls: () => calls };
}

describe('a transaction', () => {
  it('waits out another writer who is in the way at the same moment', async () => {
    const { send, calls } = answering(
      cancelled('None', 'TransactionConflict'),
      cancelled('ThrottlingError'),
      undefined,
    );
    expect(await transact([], { send })).toEqual({ done: true });
    expect(calls()).toBe(3);
  });

  it('says whose condition failed, even when somebody was in the way besides', async () => {
    const { send, calls } = answering(cancelled('None', 'ConditionalCheckFailed', 'TransactionConflict'));
    expect(await transact([], { send })).toEqual({ done: false, failed: [1] });
    expect(calls()).toBe(1);
  });

  it('gives up after some attempts, with the error', async () => {
    const { send, calls } = answering(cancelled('TransactionConflict'));
    await expect(transact([], { send, attempts: 3 })).rejects.toThrow(TransactionCanceledException);
    expect(calls()).toBe(3);
  });

  it('does not repeat what can never succeed', async () => {
    const { send, calls } = answering(cancelled('ValidationError'));
    await expect(transact([], { send })).rejects.toThrow(TransactionCanceledException);
    expect(calls()).toBe(1);
  });
});
