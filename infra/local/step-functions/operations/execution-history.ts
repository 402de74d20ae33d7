/** GetExecutionHistory: page by page, from either end. */
import type { HistoryEvent } from '../../../../shared/asl/index.ts';
import { page, pageSize, readToken, seconds } from '../check.ts';
import type { Row } from '../database.ts';
import { executionRow, isChild } from '../execution-rows.ts';
import { unpackEvents } from '../packed-events.ts';
import { stepRow } from '../schema.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

/** Rows read at a time; each holds the events of one step. */
const CHUNK = 50;

export const getExecutionHistory: Operation = (body, service) => {
  const size = pageSize(body);
  const row = executionRow(service, body.executionArn);
  const token = readToken(body);
  const after = token === undefined ? undefined : Number(token);
  const events = readEvents(service, row, size + 1, body.reverseOrder === true, after);
  const shown = page(events, size, (event) => event.id);
  const hide = body.includeExecutionData === false;
  return {
    events: shown.rows.map((event) => ({
      ...(hide ? withoutData(event) : event),
      timestamp: seconds(event.timestamp),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

/** At most so many events after one (or, backwards, before it). A page may begin and end inside a row. */
function readEvents(service: Service, row: Row, most: number, reverse: boolean, after?: number): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  let from = after;
  while (events.length < most) {
    const before = events.length;
    for (const text of readRows(service, row, reverse, from)) {
      const list = unpackEvents(text);
      for (const event of reverse ? list.reverse() : list) {
        if (from !== undefined && (reverse ? event.id >= from : event.id <= from)) continue;
        events.push(event);
        from = event.id;
      }
    }
    if (events.length === before) break;
  }
  return events;
}

function readRows({ db }: Service, row: Row, reverse: boolean, from?: number): string[] {
  const rows = isChild(row)
    ? db.all(reverse ? CHILD_BACKWARDS : CHILD_FORWARDS, ...childRange(row.arn as string, reverse, from))
    : db.all(reverse ? BACKWARDS : FORWARDS, ...range(row.id as number, reverse, from));
  return rows.map(({ events }) => events as string);
}

/** Rows that begin before an event, or from the one that holds the event after it on. */
const BACKWARDS = `SELECT events FROM steps WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ${CHUNK}`;
const FORWARDS = `SELECT events FROM steps WHERE id >= (SELECT COALESCE(MAX(id), 0) FROM steps WHERE id <= ?) AND id >= ? AND id < ? ORDER BY id LIMIT ${CHUNK}`;
const CHILD_BACKWARDS = `SELECT events FROM map_child_history WHERE child = ? AND first < ? ORDER BY first DESC LIMIT ${CHUNK}`;
const CHILD_FORWARDS = `SELECT events FROM map_child_history WHERE child = ? AND first >= (SELECT COALESCE(MAX(first), 0) FROM map_child_history WHERE child = ? AND first <= ?) ORDER BY first LIMIT ${CHUNK}`;

function range(id: number, reverse: boolean, from?: number): number[] {
  const begin = stepRow(id, 0);
  const end = stepRow(id + 1, 0);
  if (reverse) return [begin, from === undefined ? end : stepRow(id, from)];
  return [stepRow(id, (from ?? 0) + 1), begin, end];
}

function childRange(child: string, reverse: boolean, from?: number): (string | number)[] {
  return reverse ? [child, from ?? Number.MAX_SAFE_INTEGER] : [child, child, (from ?? 0) + 1];
}

const DATA = new Set([
  ...['input', 'inputDetails', 'output', 'outputDetails', 'parameters'],
  ...['assignedVariables', 'assignedVariablesDetails', 'error', 'cause'],
]);

/** includeExecutionData false: events without inputs, outputs and causes. */
function withoutData(event: HistoryEvent): HistoryEvent {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(event)) {
    copy[key] =
      typeof value === 'object' ? Object.fromEntries(Object.entries(value).filter(([name]) => !DATA.has(name))) : value;
  }
  return copy as unknown as HistoryEvent;
}
