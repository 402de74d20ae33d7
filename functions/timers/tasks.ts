import { pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { closeTask, tasksDue } from '../ports/tasks/index.ts';

const PER_SHARD = 100;

/**
 * Closes tasks whose limit is over; at that very moment the machine goes on by itself. One that fails stays due and does
 * not hold up the others.
 */
export const handler = pipeline(async (): Promise<{ more: boolean; closed: number }> => {
  const at = now();
  const due = await tasksDue(at, PER_SHARD);
  const results = await Promise.allSettled(
    due.map(({ customer, id }) => closeTask(customer, id, { state: 'overdue', endedAt: at })),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return { more: due.length >= PER_SHARD, closed: due.length };
});
