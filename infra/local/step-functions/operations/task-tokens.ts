/** Answers to tasks that wait for a callback, and the work of activities. */
import { readTaskToken, taskToken } from '../../../../shared/asl/index.ts';
import { AwsError } from '../../time-source.ts';
import { checkArn } from '../arn.ts';
import { optional, readJson, required } from '../check.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

interface Waiting {
  uid: string;
  ticket: number;
}

/** Whom a token belongs to. A token whose task has ended is TaskTimedOut; one that never was is InvalidToken. */
function readToken(service: Service, body: Record<string, unknown>): Waiting {
  const text = required(body, 'taskToken');
  const read = readTaskToken(text);
  const known = read && service.db.get('SELECT status FROM executions WHERE uid = ?', read.executionId);
  if (!read || !known) throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
  const state = known.status === 'RUNNING' ? service.engine.peek(read.executionId) : undefined;
  const waiting = Object.values(state?.frames ?? {}).some(
    (frame) => frame.task?.ticket === read.ticket && frame.mode === 'task',
  );
  if (!waiting) {
    throw new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
  }
  return { uid: read.executionId, ticket: read.ticket };
}

export const sendTaskSuccess: Operation = (body, service) => {
  const text = required(body, 'output');
  const { uid, ticket } = readToken(service, body);
  const output = readJson(text, (message) => {
    throw new AwsError('InvalidOutput', `Invalid Output: '${message}'`);
  });
  service.engine.tell(uid, { kind: 'taskSucceeded', ticket, output });
  return {};
};

export const sendTaskFailure: Operation = (body, service) => {
  const { uid, ticket } = readToken(service, body);
  const error = optional(body, 'error');
  const cause = optional(body, 'cause');
  service.engine.tell(uid, {
    kind: 'taskFailed',
    ticket,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  });
  return {};
};

export const sendTaskHeartbeat: Operation = (body, service) => {
  const { uid, ticket } = readToken(service, body);
  service.engine.tell(uid, { kind: 'heartbeat', ticket });
  return {};
};

/** A poll for an activity's work ends empty after this long (AWS: 60 seconds), in real time. */
const POLL_MS = 60_000;

export const getActivityTask: Operation = async (body, service) => {
  const arn = checkArn(body.activityArn, 'activity');
  const workerName = optional(body, 'workerName');
  if (!service.db.get('SELECT 1 FROM activities WHERE arn = ?', arn)) {
    throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
  }
  const until = performance.now() + POLL_MS;
  for (;;) {
    const found = await service.committer.submit(() => take(service, arn, workerName));
    if (found) return found;
    const left = until - performance.now();
    if (left <= 0) return { taskToken: null };
    await service.engine.activities.offered(arn, left);
  }
};

/** Hands the oldest waiting task to a worker; tasks that nobody waits for any more are dropped on the way. */
function take(service: Service, arn: string, workerName?: string): { taskToken: string; input: string } | undefined {
  for (;;) {
    const row = service.db.get('SELECT * FROM activity_tasks WHERE activity = ? ORDER BY id LIMIT 1', arn);
    if (!row) return undefined;
    service.db.run('DELETE FROM activity_tasks WHERE id = ?', row.id as number);
    const uid = row.uid as string;
    const ticket = row.ticket as number;
    if (service.engine.tell(uid, { kind: 'taskTaken', ticket, ...(workerName !== undefined && { workerName }) })) {
      return { taskToken: taskToken(uid, ticket), input: row.input as string };
    }
  }
}
