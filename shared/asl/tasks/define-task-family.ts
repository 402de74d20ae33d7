import type { HistoryEvent, PendingTask } from '../types.ts';

export type EventBody = Pick<HistoryEvent, 'type'> & { [details: `${string}EventDetails`]: Record<string, unknown> };

/** What else the event of handing out work tells. */
export interface Scheduling {
  region(): string;
  timeout?: number;
  heartbeat?: number;
  /** The role that the state's Credentials name. */
  roleArn?: string;
}

/** Which history events a kind of task leaves. `undefined` where AWS writes none. */
export interface TaskFamily {
  /** Its answer never is a state's data as a whole, so no limit is put on it. */
  readonly unbounded?: true;
  /** Named in the cause when a result is too large. */
  label(task: PendingTask): string;
  scheduled(task: PendingTask, text: string, more: Scheduling): EventBody | undefined;
  /** Written when the work is handed out; activities write theirs when a worker takes it. */
  started(task: PendingTask): EventBody | undefined;
  taken(task: PendingTask, workerName: string | undefined): EventBody | undefined;
  submitted(task: PendingTask, output: string): EventBody | undefined;
  succeeded(task: PendingTask, output: string): EventBody | undefined;
  failed(task: PendingTask, failure: { error?: string; cause?: string }): EventBody;
  timedOut(task: PendingTask, failure: { error?: string; cause?: string }): EventBody | undefined;
}

export const NOT_TRUNCATED = { truncated: false } as const;
