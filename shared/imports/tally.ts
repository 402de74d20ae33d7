import type { ImportMessage, Outcome } from './import-kind.ts';

/** What has been done with a file, or a part of it; what a dry run shows. */
export interface Tally {
  rows: number;
  repeated: number;
  wrongRows: number;
  /** Problems, by code. */
  wrong: Record<string, number>;
  /** Messages, by the event's name or the message's type. */
  messages: Record<string, number>;
  /** By the tag's key. */
  tags: Record<string, number>;
  /** The span of times of what is no list of customers. */
  from?: string;
  until?: string;
  /** The sum of the orders' totals, in hundredths. */
  cents: number;
}

export const emptyTally = (): Tally => ({
  rows: 0,
  repeated: 0,
  wrongRows: 0,
  wrong: {},
  messages: {},
  tags: {},
  cents: 0,
});

const count = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

export function tallyOutcome(tally: Tally, outcome: Outcome): void {
  tally.rows += outcome.lines.length;
  if ('repeated' in outcome) tally.repeated += outcome.lines.length;
  else if ('problems' in outcome) {
    tally.wrongRows += outcome.lines.length;
    for (const { code } of outcome.problems) count(tally.wrong, code);
  } else for (const message of outcome.messages) tallyMessage(tally, message);
}

function tallyMessage(tally: Tally, { message, tags = [] }: ImportMessage): void {
  count(tally.messages, message.event ?? message.type);
  for (const key of tags) count(tally.tags, key);
  if (message.event === undefined) return;
  if (tally.from === undefined || message.timestamp < tally.from) tally.from = message.timestamp;
  if (tally.until === undefined || message.timestamp > tally.until) tally.until = message.timestamp;
  const total = (message['properties'] as { total?: unknown } | undefined)?.total;
  if (message.event === 'Order Completed' && typeof total === 'number') tally.cents += Math.round(total * 100);
}

/** Adds what has been done with another part of the file. */
export function addTally(tally: Tally, more: Tally): void {
  tally.rows += more.rows;
  tally.repeated += more.repeated;
  tally.wrongRows += more.wrongRows;
  tally.cents += more.cents;
  for (const part of ['wrong', 'messages', 'tags'] as const) {
    for (const [key, number] of Object.entries(more[part])) tally[part][key] = (tally[part][key] ?? 0) + number;
  }
  if (more.from !== undefined && (tally.from === undefined || more.from < tally.from)) tally.from = more.from;
  if (more.until !== undefined && (tally.until === undefined || more.until > tally.until)) tally.until = more.until;
}
