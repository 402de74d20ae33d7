import type { ImportMessage, Outcome } from '../../../shared/imports/index.ts';

/** What has been done with a file so far; what a dry run shows. */
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
