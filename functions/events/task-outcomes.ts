import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { isOutcome } from '../../shared/tasks/index.ts';
import { logger, pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { enrolmentParts, pathKey, readEnrolment, record } from '../ports/enrolments/index.ts';
import { journeyVersion } from '../ports/journeys/index.ts';
import { answerTask } from '../ports/states/index.ts';
import { readTask, saveTask, TASKS, type Task, taskFrom } from '../ports/tasks/index.ts';
import { onward } from '../steps/onward.ts';
import { images } from '../streams/images.ts';

/**
 * Somebody said how a task came out: the passage that waits for it goes on. The stream of the tasks is the outbox, so
 * what was said is never lost between the row and the machine; told twice, Step Functions takes the first answer.
 */
export const handler = pipeline(async (batch: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  for (const one of batch.Records) {
    const task = finishedIn(one);
    if (task === undefined) continue;
    try {
      await goOn(task);
    } catch (error) {
      logger.error('task-outcome-failed', error as Error);
      return { batchItemFailures: [{ itemIdentifier: one.dynamodb!.SequenceNumber! }] };
    }
  }
  return { batchItemFailures: [] };
});

function finishedIn(one: DynamoDBRecord): Task | undefined {
  const { row, before } = images(one);
  if (row === undefined || before === undefined || !row.sk.startsWith(TASKS)) return undefined;
  const task = taskFrom(row);
  return isOutcome(task.state) && taskFrom(before).state === 'open' ? task : undefined;
}

async function goOn(task: Task): Promise<void> {
  const { customer, enrolment: id, journey, version, node, visit, state } = task;
  const n = enrolmentParts(id)?.n ?? 0;
  const enrolment = await readEnrolment(customer, journey, n);
  if (enrolment === undefined || enrolment.path[pathKey(node, visit)]?.outlet === state) return;
  const { wait, status } = enrolment;
  const at = now();
  if (status === 'active' && wait?.node === node && wait.visit === visit) {
    if ((await answerTask(wait.token, { outlet: state, at })) === 'done') {
      const known = await journeyVersion(journey, version);
      const left = { node, visit, outlet: state, at };
      const way = known === undefined ? { passed: [left] } : onward(known, left, { customer, enrolment });
      await record(enrolment, { ...way, onlyWaiting: { node, token: wait.token } });
      return;
    }
    // Answered by the step itself, which found the outcome; or the limit was over first.
    const since = await readEnrolment(customer, journey, n);
    if (since?.path[pathKey(node, visit)]?.outlet === state) return;
  }
  await tellLate(task);
}

/** What was said is kept, and that the journey had gone on without it. */
async function tellLate({ customer, id }: Task): Promise<void> {
  const task = await readTask(customer, id);
  if (task !== undefined && task.late === undefined) await saveTask(task, { late: true });
}
