import { AwsError } from '../../time-source.ts';
import { invalid, optional, seconds } from '../check.ts';
import { executionRow, isChild } from '../execution-rows.ts';
import { redriveStatus } from '../redrive-status.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

/** StopExecution. Stopping what has ended changes nothing. */
export const stopExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  if (isChild(row)) throw invalid('Stopping a single child of a Map Run is not emulated here; stop its parent');
  const error = optional(body, 'error');
  const cause = optional(body, 'cause');
  service.engine.tell(row.uid as string, {
    kind: 'stop',
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  });
  const after = service.db.get('SELECT stopped FROM executions WHERE id = ?', row.id as number);
  return { stopDate: seconds(after?.stopped as number) };
};

/** A client's token answers for this long, and so many of them (AWS). */
const TOKEN_MS = 15 * 60_000;
const TOKENS = 10;

/** The tokens that redrives were asked with, by execution: the same token again is the same redrive. */
const tokens = new WeakMap<Service, Map<string, { token: string; at: number }[]>>();

export const redriveExecution: Operation = (body, service) => {
  const row = executionRow(service, body.executionArn);
  const arn = row.arn as string;
  const now = service.options.clock.now();
  const mine = tokens.get(service) ?? new Map<string, { token: string; at: number }[]>();
  tokens.set(service, mine);
  const used = (mine.get(arn) ?? []).filter(({ at }) => now - at < TOKEN_MS);
  const token = optional(body, 'clientToken');
  const earlier = used.find((one) => one.token === token);
  if (earlier) return { redriveDate: seconds(earlier.at) };
  const { redriveStatus: status, redriveStatusReason } = redriveStatus(row, now);
  if (status !== 'REDRIVABLE') {
    const why = redriveStatusReason ?? 'a child of a Map Run is redriven with its parent';
    throw new AwsError('ExecutionNotRedrivable', `Execution is not redrivable: ${why}`);
  }
  service.db.run(
    "UPDATE executions SET status = 'RUNNING', stopped = NULL, error = NULL, cause = NULL, redrives = redrives + 1, redriven = ? WHERE id = ?",
    now,
    row.id as number,
  );
  service.engine.tell(row.uid as string, { kind: 'redrive' });
  if (token !== undefined) mine.set(arn, [...used, { token, at: now }].slice(-TOKENS));
  return { redriveDate: seconds(now) };
};
